/** The body of an export: spans by the service that they are of. */
import type { OtlpAttribute } from './otlp-span.ts';
import type { ServiceSpans, SpanService } from './span-queue.ts';

export function exportRequest(groups: readonly ServiceSpans[]): string {
  const resourceSpans = groups.map(({ service, spans }) => ({
    resource: { attributes: resourceOf(service) },
    scopeSpans: [{ scope: { name: 'lambdad' }, spans }],
  }));
  return JSON.stringify({ resourceSpans });
}

function resourceOf({ name, functionArn }: SpanService): readonly OtlpAttribute[] {
  const [, , , region, account] = functionArn?.split(':') ?? [];
  const named: readonly (readonly [string, string | undefined])[] = [
    ['service.name', name],
    ['cloud.provider', functionArn && 'aws'],
    ['cloud.platform', functionArn && 'aws_lambda'],
    ['cloud.region', region],
    ['cloud.account.id', account],
    ['faas.name', functionArn && name],
  ];
  return named.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: { stringValue: value } }]));
}

/** Which events a configured notification is for. */
import type { BucketSettings } from '../bucket/bucket-settings.ts';
import type { BucketEvent } from './bucket-event.ts';

export type Destination =
  | { readonly kind: 'queue'; readonly arn: string }
  | { readonly kind: 'topic'; readonly arn: string }
  | { readonly kind: 'function'; readonly arn: string };

export interface NotificationRule {
  readonly id: string;
  readonly destination: Destination;
  /** `s3:ObjectCreated:*` for example. */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

interface Filtered {
  readonly Id?: string | undefined;
  readonly Events?: readonly string[] | undefined;
  readonly Filter?:
    | {
        readonly Key?:
          | {
              readonly FilterRules?:
                | readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[]
                | undefined;
            }
          | undefined;
      }
    | undefined;
}

export function rulesOf(settings: BucketSettings['notification']): readonly NotificationRule[] {
  const { QueueConfigurations = [], TopicConfigurations = [], LambdaFunctionConfigurations = [] } = settings;
  return [
    ...TopicConfigurations.map((given) => ruleOf(given, { kind: 'topic', arn: given.TopicArn })),
    ...QueueConfigurations.map((given) => ruleOf(given, { kind: 'queue', arn: given.QueueArn })),
    ...LambdaFunctionConfigurations.map((given) => ruleOf(given, { kind: 'function', arn: given.LambdaFunctionArn })),
  ];
}

function ruleOf(
  { Id: id = '', Events: events = [], Filter: filter }: Filtered,
  destination: Destination,
): NotificationRule {
  const rules = filter?.Key?.FilterRules ?? [];
  const valueOf = (name: string): string => rules.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? '';
  return { id, destination, events, prefix: valueOf('prefix'), suffix: valueOf('suffix') };
}

export const isFor = ({ events, prefix, suffix }: NotificationRule, { name, object }: BucketEvent): boolean =>
  events.some((pattern) => covers(pattern, `s3:${name}`)) &&
  object.key.startsWith(prefix) &&
  object.key.endsWith(suffix);

/** A pattern ends with a star, or is the event itself. */
const covers = (pattern: string, event: string): boolean =>
  pattern.endsWith('*') ? event.startsWith(pattern.slice(0, -1)) : pattern === event;

/** Whether an object could concern both, so that S3 refuses them beside each other. */
export function overlap(a: NotificationRule, b: NotificationRule): boolean {
  const sharesEvent = a.events.some((one) => b.events.some((other) => covers(one, other) || covers(other, one)));
  const prefixes = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const suffixes = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  return sharesEvent && prefixes && suffixes;
}

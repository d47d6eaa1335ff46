/** Lists the versions of functions that are configured to run on a capacity provider. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { configurationOutput } from '../configuration/configuration-output.ts';
import { qualifiedArn } from '../function/function-address.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { requireCapacityProvider } from './require-capacity-provider.ts';
import { type Position, type VersionOnProvider, versionsOnProvider } from './versions-on-provider.ts';

const pageAtMost = 50;

/**
 * `ListFunctionVersionsByCapacityProvider`: qualified ARNs, `$LATEST` included though nothing runs it.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListFunctionVersionsByCapacityProvider
 */
export const listFunctionVersionsByCapacityProvider: LambdaOperation<'ListFunctionVersionsByCapacityProvider'> = (
  input,
  call,
) => {
  const { arn } = requireCapacityProvider(input.CapacityProviderName, call);
  const limit = input.MaxItems ?? pageAtMost;
  const after = input.Marker === undefined ? undefined : positionOf(input.Marker);
  const found = [...versionsOnProvider(arn, after, call).take(limit + 1)];
  const page = found.slice(0, limit);
  return {
    CapacityProviderArn: arn,
    FunctionVersions: page.map(listItem),
    NextMarker: found.length > limit ? markerAfter(page) : undefined,
  };
};

const listItem = ({ owner, version }: VersionOnProvider) => ({
  FunctionArn: qualifiedArn(owner.arn, version.version),
  State: configurationOutput(owner, version, undefined).State ?? 'Pending',
});

function markerAfter(page: readonly VersionOnProvider[]): string | undefined {
  const last = page.at(-1);
  return last && encodeMarker(`${last.owner.name}:${last.version.version}`);
}

function positionOf(marker: string): Position {
  const [, name, version] = /^([^:]+):(\$LATEST(?:\.PUBLISHED)?|\d+)$/.exec(decodeMarker(marker) ?? '') ?? [];
  if (name === undefined || version === undefined) throw invalidParameterValue('Invalid Marker.');
  return { name, version };
}

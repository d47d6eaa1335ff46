/** Lists the versions of a function. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { listedConfiguration } from '../configuration/configuration-output.ts';
import { requireFunction } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { versionsAfter } from './versions-after.ts';

// AWS never lists more, whatever MaxItems says.
const pageAtMost = 50;

/**
 * `ListVersionsByFunction`, `$LATEST` first.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListVersionsByFunction
 */
export const listVersionsByFunction: LambdaOperation<'ListVersionsByFunction'> = (input, call) => {
  const owner = requireFunction(input.FunctionName, call);
  const limit = Math.min(input.MaxItems ?? pageAtMost, pageAtMost);
  const after = input.Marker === undefined ? undefined : versionBefore(input.Marker);
  const found = versionsAfter(owner, after, limit + 1, call.functions);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    Versions: page.map((version) => listedConfiguration(owner, version, version.version)),
    NextMarker: found.length > limit && last !== undefined ? encodeMarker(last.version) : undefined,
  };
};

/** The last version on the page before. */
function versionBefore(marker: string): string {
  const version = decodeMarker(marker);
  if (version === undefined || !/^(\$LATEST(\.PUBLISHED)?|\d+)$/.test(version)) {
    throw invalidParameterValue('Invalid Marker.');
  }
  return version;
}

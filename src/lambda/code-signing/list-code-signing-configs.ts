/** Lists the code signing configurations of an account and region. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { codeSigningConfigOutput } from './code-signing-config-output.ts';

const pageAtMost = 50;

/**
 * `ListCodeSigningConfigs`, in order of their ids.
 * @throws ServiceError InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListCodeSigningConfigs
 */
export const listCodeSigningConfigs: LambdaOperation<'ListCodeSigningConfigs'> = (input, { scope, stores }) => {
  const limit = Math.min(input.MaxItems ?? pageAtMost, pageAtMost);
  const after = input.Marker === undefined ? undefined : decodeMarker(input.Marker);
  if (input.Marker !== undefined && after === undefined) throw invalidParameterValue('Invalid Marker.');
  const found = stores.codeSigningConfigs.list(scope, '', after, limit + 1);
  const page = found.slice(0, limit);
  return {
    CodeSigningConfigs: page.map(({ record }) => codeSigningConfigOutput(record)),
    NextMarker: found.length > limit ? encodeMarker(page.at(-1)?.key ?? '') : undefined,
  };
};

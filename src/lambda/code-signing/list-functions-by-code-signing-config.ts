/** Lists the functions that use a code signing configuration. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { functionsBySigningConfig } from './functions-by-signing-config.ts';
import { requireCodeSigningConfig } from './require-code-signing-config.ts';

const pageAtMost = 50;

/**
 * `ListFunctionsByCodeSigningConfig`: unqualified ARNs, in order of the functions' names.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListFunctionsByCodeSigningConfig
 */
export const listFunctionsByCodeSigningConfig: LambdaOperation<'ListFunctionsByCodeSigningConfig'> = (input, call) => {
  const { arn } = requireCodeSigningConfig(input.CodeSigningConfigArn, call);
  const limit = Math.min(input.MaxItems ?? pageAtMost, pageAtMost);
  const after = input.Marker === undefined ? undefined : decodeMarker(input.Marker);
  if (input.Marker !== undefined && after === undefined) throw invalidParameterValue('Invalid Marker.');
  const records = functionsBySigningConfig(arn, after, limit + 1, call);
  const page = records.slice(0, limit);
  return {
    FunctionArns: page.map((record) => record.arn),
    NextMarker: records.length > limit ? encodeMarker(page.at(-1)?.name ?? '') : undefined,
  };
};

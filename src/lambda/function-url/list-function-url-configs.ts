/** Lists the URLs of a function: its own and those of its aliases. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { addressFunction } from '../function/function-address.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import { functionUrlOutput } from './function-url-output.ts';

const pageAtMost = 50;

/**
 * `ListFunctionUrlConfigs`.
 * @throws ServiceError ResourceNotFoundException for an unknown function.
 * @see AWS Lambda API reference, ListFunctionUrlConfigs
 */
export const listFunctionUrlConfigs: LambdaOperation<'ListFunctionUrlConfigs'> = (input, call) => {
  const { name } = addressFunction(call.scope, input.FunctionName);
  if (call.functions.find(call.scope, name) === undefined) throw resourceNotFound('Function does not exist');
  const all = call.stores.functionUrls.list(call.scope, name);
  const start = input.Marker === undefined ? 0 : positionAfter(all.map(keyOf), input.Marker);
  const page = all.slice(start, start + Math.min(input.MaxItems ?? pageAtMost, pageAtMost));
  const last = page.at(-1);
  return {
    FunctionUrlConfigs: page.map((record) => functionUrlOutput(record, call.publicHost())),
    NextMarker: last !== undefined && start + page.length < all.length ? encodeMarker(keyOf(last)) : undefined,
  };
};

const keyOf = (record: { readonly qualifier: string | undefined }): string => record.qualifier ?? '';

/** Where the page after the marker starts, also when what it names is gone. */
function positionAfter(keys: readonly string[], marker: string): number {
  const after = decodeMarker(marker);
  if (after === undefined) throw invalidParameterValue('Invalid Marker.');
  const position = keys.findIndex((key) => key > after);
  return position === -1 ? keys.length : position;
}

/** Lists the event invoke configurations of a function's versions and aliases. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { addressFunction } from '../function/function-address.ts';
import { functionPrefix } from '../function/function-key.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import { eventInvokeConfigOutput } from './event-invoke-config-output.ts';

const pageAtMost = 50;

/**
 * `ListFunctionEventInvokeConfigs`.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListFunctionEventInvokeConfigs
 */
export const listFunctionEventInvokeConfigs: LambdaOperation<'ListFunctionEventInvokeConfigs'> = (input, call) => {
  const { scope, functions, stores } = call;
  const { name, arn } = addressFunction(scope, input.FunctionName);
  if (functions.find(scope, name) === undefined) throw resourceNotFound("The function doesn't exist.");
  const limit = input.MaxItems ?? pageAtMost;
  const after = input.Marker === undefined ? undefined : decodeMarker(input.Marker);
  if (input.Marker !== undefined && after === undefined) throw invalidParameterValue('Invalid Marker.');
  const found = stores.eventInvokeConfigs.list(scope, functionPrefix(name), after, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    FunctionEventInvokeConfigs: page.map(({ record }) => eventInvokeConfigOutput(arn, record)),
    NextMarker: found.length > limit && last !== undefined ? encodeMarker(last.key) : undefined,
  };
};

/** Lists the provisioned concurrency of a function's versions and aliases. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { qualifiedArn } from '../function/function-address.ts';
import { functionPrefix } from '../function/function-key.ts';
import { requireFunction } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { provisionedConcurrencyOutput } from './provisioned-concurrency-output.ts';

const pageAtMost = 50;

/**
 * `ListProvisionedConcurrencyConfigs`.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListProvisionedConcurrencyConfigs
 */
export const listProvisionedConcurrencyConfigs: LambdaOperation<'ListProvisionedConcurrencyConfigs'> = (
  input,
  call,
) => {
  const { scope, name, arn } = requireFunction(input.FunctionName, call);
  const limit = input.MaxItems ?? pageAtMost;
  const after = input.Marker === undefined ? undefined : decodeMarker(input.Marker);
  if (input.Marker !== undefined && after === undefined) throw invalidParameterValue('Invalid Marker.');
  const found = call.stores.provisionedConcurrency.list(scope, functionPrefix(name), after, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    ProvisionedConcurrencyConfigs: page.map(({ record }) => ({
      FunctionArn: qualifiedArn(arn, record.qualifier),
      ...provisionedConcurrencyOutput(record),
    })),
    NextMarker: found.length > limit && last !== undefined ? encodeMarker(last.key) : undefined,
  };
};

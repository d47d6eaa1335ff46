/** Lists the capacity providers of an account and region. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { unlimited } from '../record-store.ts';
import { capacityProviderOutput } from './capacity-provider-output.ts';

const pageAtMost = 50;

/**
 * `ListCapacityProviders`, by name; those in one state if asked.
 * @throws ServiceError InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListCapacityProviders
 */
export const listCapacityProviders: LambdaOperation<'ListCapacityProviders'> = (input, { scope, stores }) => {
  const limit = input.MaxItems ?? pageAtMost;
  const after = input.Marker === undefined ? undefined : decodeMarker(input.Marker);
  if (input.Marker !== undefined && after === undefined) throw invalidParameterValue('Invalid Marker.');
  const found = stores.capacityProviders
    .list(scope, '', after, input.State === undefined ? limit + 1 : unlimited)
    .filter(({ record }) => input.State === undefined || record.state === input.State);
  const page = found.slice(0, limit);
  return {
    CapacityProviders: page.map(({ record }) => capacityProviderOutput(record)),
    NextMarker: found.length > limit ? encodeMarker(page.at(-1)?.key ?? '') : undefined,
  };
};

/** Shows a capacity provider. */
import type { LambdaOperation } from '../lambda-call.ts';
import { capacityProviderOutput } from './capacity-provider-output.ts';
import { requireCapacityProvider } from './require-capacity-provider.ts';

/**
 * `GetCapacityProvider`.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetCapacityProvider
 */
export const getCapacityProvider: LambdaOperation<'GetCapacityProvider'> = (input, call) => ({
  CapacityProvider: capacityProviderOutput(requireCapacityProvider(input.CapacityProviderName, call)),
});

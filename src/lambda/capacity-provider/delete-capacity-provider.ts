/** Deletes a capacity provider that no function is on. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceConflict } from '../lambda-error.ts';
import { capacityProviderOutput } from './capacity-provider-output.ts';
import { transition } from './capacity-provider-state.ts';
import { requireCapacityProvider } from './require-capacity-provider.ts';
import { versionsOnProvider } from './versions-on-provider.ts';

/**
 * `DeleteCapacityProvider`; the reply shows it as Deleting.
 * @throws ServiceError ResourceNotFoundException, ResourceConflictException while a function is on it, or when it is
 * being deleted already.
 * @see AWS Lambda API reference, DeleteCapacityProvider
 */
export const deleteCapacityProvider: LambdaOperation<'DeleteCapacityProvider'> = (input, call) => {
  const current = requireCapacityProvider(input.CapacityProviderName, call);
  const used = !versionsOnProvider(current.arn, undefined, call).next().done;
  if (used || current.state === 'Deleting') {
    const reason = used ? 'because it is in use by one or more function versions' : 'because it is being deleted';
    throw resourceConflict(`The capacity provider ${current.arn} cannot be deleted ${reason}.`);
  }
  const deleted = { ...current, state: transition(current.state, 'Deleting') };
  return { CapacityProvider: capacityProviderOutput(call.capacityProviders.begin(deleted)) };
};

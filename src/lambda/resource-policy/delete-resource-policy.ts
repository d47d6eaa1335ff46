/** Removes the whole policy of a function, version or alias. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceNotFound, revisionMismatch } from '../lambda-error.ts';
import { requireResource } from '../permission/policy-resource.ts';
import { addressResourcePolicy } from './address-resource-policy.ts';

/**
 * `DeleteResourcePolicy`: with all that AddPermission made.
 * @throws ServiceError ResourceNotFoundException, PreconditionFailedException.
 * @see AWS Lambda API reference, DeleteResourcePolicy
 */
export const deleteResourcePolicy: LambdaOperation<'DeleteResourcePolicy'> = (input, call) => {
  const { scope, stores } = call;
  const address = addressResourcePolicy(input.ResourceArn, call);
  requireResource(address, call);
  const policy = stores.policies.find(scope, address.key);
  if (policy === undefined) throw resourceNotFound('No policy is associated with the given resource.');
  if (input.RevisionId !== undefined && input.RevisionId !== policy.revisionId) {
    throw revisionMismatch('GetResourcePolicy');
  }
  stores.policies.remove(scope, address.key);
  return {};
};

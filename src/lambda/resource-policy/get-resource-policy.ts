/** Shows the whole policy of a function, version or alias. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import { policyText } from '../permission/policy-record.ts';
import { requireResource } from '../permission/policy-resource.ts';
import { addressResourcePolicy } from './address-resource-policy.ts';

/**
 * `GetResourcePolicy`: however the policy was made.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetResourcePolicy
 */
export const getResourcePolicy: LambdaOperation<'GetResourcePolicy'> = (input, call) => {
  const address = addressResourcePolicy(input.ResourceArn, call);
  requireResource(address, call);
  const policy = call.stores.policies.find(call.scope, address.key);
  if (policy === undefined) throw resourceNotFound('No policy is associated with the given resource.');
  return { Policy: policyText(policy.document), RevisionId: policy.revisionId };
};

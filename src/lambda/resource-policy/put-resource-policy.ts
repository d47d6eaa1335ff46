/** Sets the whole policy of a function, version or alias. */
import type { LambdaOperation } from '../lambda-call.ts';
import { revisionMismatch } from '../lambda-error.ts';
import { newPolicy, policyText } from '../permission/policy-record.ts';
import { requireGrantable } from '../permission/policy-resource.ts';
import { addressResourcePolicy } from './address-resource-policy.ts';
import { parsePolicy } from './parse-policy.ts';

/**
 * `PutResourcePolicy`: replaces what AddPermission made, too, since a resource has one policy.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException, PreconditionFailedException.
 * @see AWS Lambda API reference, PutResourcePolicy
 */
export const putResourcePolicy: LambdaOperation<'PutResourcePolicy'> = (input, call) => {
  const { scope, stores, random } = call;
  const address = addressResourcePolicy(input.ResourceArn, call);
  requireGrantable(address, call);
  const document = parsePolicy(input.Policy, address.resource);
  const current = stores.policies.find(scope, address.key);
  if (input.RevisionId !== undefined && input.RevisionId !== current?.revisionId) {
    throw revisionMismatch('GetResourcePolicy');
  }
  const policy = newPolicy(document, random);
  stores.policies.put(scope, address.key, policy);
  return { Policy: policyText(document), RevisionId: policy.revisionId };
};

/** Shows the policy of a function. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import { policyText } from './policy-record.ts';
import { addressPolicy } from './policy-resource.ts';

/**
 * `GetPolicy`: the document as text, with the RevisionId that AddPermission and RemovePermission compare.
 * @throws ServiceError ResourceNotFoundException, the same for no function and for no policy.
 * @see AWS Lambda API reference, GetPolicy
 */
export const getPolicy: LambdaOperation<'GetPolicy'> = (input, call) => {
  const policy = call.stores.policies.find(call.scope, addressPolicy(input, call).key);
  if (policy === undefined) throw resourceNotFound('The resource you requested does not exist.');
  return { Policy: policyText(policy.document), RevisionId: policy.revisionId };
};

/** Takes a permission back: removes one statement from the policy of a function. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceNotFound, revisionMismatch } from '../lambda-error.ts';
import { newPolicy } from './policy-record.ts';
import { addressPolicy } from './policy-resource.ts';

/**
 * `RemovePermission`; with the last statement the policy goes.
 * @throws ServiceError ResourceNotFoundException, PreconditionFailedException.
 * @see AWS Lambda API reference, RemovePermission
 */
export const removePermission: LambdaOperation<'RemovePermission'> = (input, call) => {
  const { scope, functions, stores, random } = call;
  const { name, arn, key } = addressPolicy(input, call);
  if (functions.find(scope, name) === undefined) throw resourceNotFound(`No policy found for: ${arn}`);
  const current = stores.policies.find(scope, key);
  if (current === undefined) throw resourceNotFound('No policy is associated with the given resource.');
  const { document, revisionId } = current;
  const left = document.Statement.filter(({ Sid }) => Sid !== input.StatementId);
  if (left.length === document.Statement.length) {
    throw resourceNotFound(`Statement ${input.StatementId} is not found in resource policy.`);
  }
  if (input.RevisionId !== undefined && input.RevisionId !== revisionId) throw revisionMismatch('GetPolicy');
  if (left.length === 0) stores.policies.remove(scope, key);
  else stores.policies.put(scope, key, newPolicy({ ...document, Statement: left }, random));
  return {};
};

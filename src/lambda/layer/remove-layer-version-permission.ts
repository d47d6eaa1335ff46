/** Takes back what a statement of a layer version's policy allows. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import { changeLayerPolicy, checkPolicyRevision } from './change-layer-policy.ts';
import { requireOwnVersion } from './require-layer-version.ts';

/**
 * `RemoveLayerVersionPermission`; functions that use the layer already go on with it.
 * @throws ServiceError ResourceNotFoundException for a layer version, policy or statement that is not there,
 * PreconditionFailedException, InvalidParameterValueException.
 * @see AWS Lambda API reference, RemoveLayerVersionPermission
 */
export const removeLayerVersionPermission: LambdaOperation<'RemoveLayerVersionPermission'> = (input, call) => {
  const named = requireOwnVersion(input, 'lambda:RemoveLayerVersionPermission', call);
  const { policy } = named.version;
  if (policy === undefined) throw resourceNotFound('No policy is associated with the given resource.');
  checkPolicyRevision(policy, input.RevisionId);
  const left = policy.statements.filter(({ sid }) => sid !== input.StatementId);
  if (left.length === policy.statements.length) {
    throw resourceNotFound(`Statement ${input.StatementId} is not found in resource policy.`);
  }
  changeLayerPolicy(named, left, call);
  return {};
};

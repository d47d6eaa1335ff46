/** Shows who may use a layer version. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import { layerVersionArn } from './layer-address.ts';
import { policyDocument } from './layer-policy.ts';
import { requireOwnVersion } from './require-layer-version.ts';

/**
 * `GetLayerVersionPolicy`.
 * @throws ServiceError ResourceNotFoundException, also when there is no policy; InvalidParameterValueException.
 * @see AWS Lambda API reference, GetLayerVersionPolicy
 */
export const getLayerVersionPolicy: LambdaOperation<'GetLayerVersionPolicy'> = (input, call) => {
  const { layer, version } = requireOwnVersion(input, 'lambda:GetLayerVersionPolicy', call);
  const { policy } = version;
  if (policy === undefined) throw resourceNotFound('No policy is associated with the given resource.');
  return { Policy: policyDocument(policy, layerVersionArn(layer, version.version)), RevisionId: policy.revisionId };
};

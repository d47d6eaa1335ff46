/** Deletes a layer version; functions that use it go on with it. */
import type { LambdaOperation } from '../lambda-call.ts';
import { addressLayer, isOwn, layerVersionArn, notAuthorized } from './layer-address.ts';
import { releaseLayer } from './layer-content.ts';
import { checkVersionNumber, findVersion } from './require-layer-version.ts';

/**
 * `DeleteLayerVersion`; one that is not there is deleted successfully.
 * @throws ServiceError InvalidParameterValueException for a number below 1, AccessDeniedException for a layer of another
 * account.
 * @see AWS Lambda API reference, DeleteLayerVersion
 */
export const deleteLayerVersion: LambdaOperation<'DeleteLayerVersion'> = (input, { scope, stores, codeStore }) => {
  const layer = addressLayer(scope, input.LayerName);
  checkVersionNumber(input.VersionNumber);
  if (!isOwn(layer, scope)) {
    throw notAuthorized(scope, 'lambda:DeleteLayerVersion', layerVersionArn(layer, input.VersionNumber));
  }
  const found = layer.scope.region === scope.region && findVersion(layer, input.VersionNumber, stores.layers);
  if (!found) return {};
  const { record, version } = found;
  const versions = record.versions.filter((other) => other !== version);
  stores.layers.put(scope, record.name, { ...record, versions });
  releaseLayer(version, codeStore);
  return {};
};

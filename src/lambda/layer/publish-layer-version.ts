/** Publishes the next version of a layer, which begins to exist with its first. */
import { checkUploadSize } from '../code/checked-archive.ts';
import { receiveArchive } from '../code/received-code.ts';
import { checkCodeInput } from '../configuration/package-rules.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { addressLayer, isOwn, notAuthorized } from './layer-address.ts';
import { layerVersionOutput } from './layer-output.ts';
import type { LayerVersionRecord } from './layer-record.ts';
import { noSuchResource } from './require-layer-version.ts';

/**
 * `PublishLayerVersion`.
 * @throws ServiceError InvalidParameterValueException for an archive that is refused, RequestEntityTooLargeException,
 * CodeStorageExceededException, AccessDeniedException for a layer of another account.
 * @see AWS Lambda API reference, PublishLayerVersion
 */
export const publishLayerVersion: LambdaOperation<'PublishLayerVersion'> = async (input, call) => {
  const layer = addressLayer(call.scope, input.LayerName);
  if (!isOwn(layer, call.scope)) throw notAuthorized(call.scope, 'lambda:PublishLayerVersion', layer.arn);
  if (layer.scope.region !== call.scope.region) throw noSuchResource();
  const { ZipFile: archive } = input.Content;
  if (archive !== undefined) checkUploadSize(archive, call.limits);
  checkCodeInput('Zip', input.Content, 'creating');
  const kept = await receiveArchive(input.Content, call);

  // From here on nothing is awaited: no other call can be given the same number.
  const { layers } = call.stores;
  const former = layers.find(layer.scope, layer.name);
  const version: LayerVersionRecord = {
    ...kept,
    version: (former?.lastVersion ?? 0) + 1,
    description: input.Description ?? '',
    created: call.clock.now(),
    compatibleRuntimes: input.CompatibleRuntimes,
    compatibleArchitectures: input.CompatibleArchitectures,
    licenseInfo: input.LicenseInfo,
    policy: undefined,
  };
  layers.put(layer.scope, layer.name, {
    scope: layer.scope,
    name: layer.name,
    lastVersion: version.version,
    versions: [version, ...(former?.versions ?? [])],
  });
  return layerVersionOutput(layer, version, call);
};

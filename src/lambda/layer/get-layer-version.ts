/** Shows a layer version with a link to its archive. */
import type { LambdaOperation } from '../lambda-call.ts';
import { addressLayer } from './layer-address.ts';
import { layerVersionOutput } from './layer-output.ts';
import { requireReadableVersion } from './require-layer-version.ts';

/**
 * `GetLayerVersion`.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a number below 1,
 * AccessDeniedException for another account's layer whose policy does not allow it.
 * @see AWS Lambda API reference, GetLayerVersion
 */
export const getLayerVersion: LambdaOperation<'GetLayerVersion'> = (input, call) => {
  const { layer, version } = requireReadableVersion(
    addressLayer(call.scope, input.LayerName),
    input.VersionNumber,
    call,
  );
  return layerVersionOutput(layer, version, call);
};

/** Shows a layer version, named by its ARN, with a link to its archive. */
import type { LambdaOperation } from '../lambda-call.ts';
import { addressLayerVersion } from './layer-address.ts';
import { layerVersionOutput } from './layer-output.ts';
import { noSuchResource, requireReadableVersion } from './require-layer-version.ts';

/**
 * `GetLayerVersionByArn`.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a number below 1,
 * AccessDeniedException for another account's layer whose policy does not allow it.
 * @see AWS Lambda API reference, GetLayerVersionByArn
 */
export const getLayerVersionByArn: LambdaOperation<'GetLayerVersionByArn'> = (input, call) => {
  const address = addressLayerVersion(input.Arn);
  // Layers that AWS itself owns are not here.
  if (address === undefined) throw noSuchResource();
  const { layer, version } = requireReadableVersion(address, address.version, call);
  return layerVersionOutput(layer, version, call);
};

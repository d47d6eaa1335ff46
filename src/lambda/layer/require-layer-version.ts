/** The layer version that an operation names, or AWS's error. */
import type { LambdaCall } from '../lambda-call.ts';
import { invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import { addressLayer, isOwn, type LayerAddress, layerVersionArn, notAuthorized } from './layer-address.ts';
import { allowsAccount, layerAction } from './layer-policy.ts';
import type { LayerRecord, LayerVersionRecord } from './layer-record.ts';

export interface NamedLayerVersion {
  readonly layer: LayerAddress;
  readonly record: LayerRecord;
  readonly version: LayerVersionRecord;
}

/**
 * For reading: also another account's, when its policy allows that.
 * @throws ServiceError ResourceNotFoundException, AccessDeniedException, InvalidParameterValueException for a number
 * below 1.
 */
export function requireReadableVersion(
  layer: LayerAddress,
  number: number,
  { scope, stores }: Pick<LambdaCall, 'scope' | 'stores'>,
): NamedLayerVersion {
  checkVersionNumber(number);
  const found = layer.scope.region === scope.region ? findVersion(layer, number, stores.layers) : undefined;
  if (!isOwn(layer, scope) && !allowsAccount(found?.version.policy, scope.account)) {
    throw notAuthorized(scope, layerAction, layerVersionArn(layer, number));
  }
  if (found === undefined) throw noSuchResource();
  return found;
}

/**
 * For its owner's eyes only: the policy.
 * @throws ServiceError ResourceNotFoundException, AccessDeniedException, InvalidParameterValueException for a number
 * below 1.
 */
export function requireOwnVersion(
  input: { readonly LayerName: string; readonly VersionNumber: number },
  action: string,
  { scope, stores }: Pick<LambdaCall, 'scope' | 'stores'>,
): NamedLayerVersion {
  const { VersionNumber: number } = input;
  const layer = addressLayer(scope, input.LayerName);
  checkVersionNumber(number);
  const arn = layerVersionArn(layer, number);
  if (!isOwn(layer, scope)) throw notAuthorized(scope, action, arn);
  const found = layer.scope.region === scope.region ? findVersion(layer, number, stores.layers) : undefined;
  if (found === undefined) throw resourceNotFound(`Layer version ${arn} does not exist.`);
  return found;
}

/** @throws ServiceError InvalidParameterValueException */
export function checkVersionNumber(number: number): void {
  if (number < 1) throw invalidParameterValue('Layer Version Cannot be less than 1');
}

export function findVersion(
  layer: LayerAddress,
  number: number,
  layers: LambdaCall['stores']['layers'],
): NamedLayerVersion | undefined {
  const record = layers.find(layer.scope, layer.name);
  const version = record?.versions.find((candidate) => candidate.version === number);
  return record === undefined || version === undefined ? undefined : { layer, record, version };
}

export const noSuchResource = () => resourceNotFound('The resource you requested does not exist.');

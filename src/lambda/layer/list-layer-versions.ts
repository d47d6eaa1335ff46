/** Lists the versions of a layer, the newest first. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { addressLayer, isOwn, notAuthorized } from './layer-address.ts';
import { matches } from './layer-filter.ts';
import { listedLayerVersion } from './layer-output.ts';

const pageAtMost = 50;

/**
 * `ListLayerVersions`; empty for a layer that is not there.
 * @throws ServiceError InvalidParameterValueException for a marker that is none, AccessDeniedException for a layer of
 * another account.
 * @see AWS Lambda API reference, ListLayerVersions
 */
export const listLayerVersions: LambdaOperation<'ListLayerVersions'> = (input, { scope, stores }) => {
  const layer = addressLayer(scope, input.LayerName);
  if (!isOwn(layer, scope)) throw notAuthorized(scope, 'lambda:ListLayerVersions', layer.arn);
  const limit = input.MaxItems ?? pageAtMost;
  const before = input.Marker === undefined ? Number.POSITIVE_INFINITY : positionOf(input.Marker);
  const record = layer.scope.region === scope.region ? stores.layers.find(scope, layer.name) : undefined;
  const wanted = (record?.versions ?? []).filter((found) => found.version < before && matches(found, input));
  const page = wanted.slice(0, limit);
  return {
    LayerVersions: page.map((version) => listedLayerVersion(layer, version)),
    NextMarker: wanted.length > limit ? encodeMarker(String(page.at(-1)?.version)) : undefined,
  };
};

function positionOf(marker: string): number {
  const position = decodeMarker(marker);
  if (position === undefined || !/^\d+$/.test(position)) throw invalidParameterValue('Invalid Marker.');
  return Number(position);
}

/** Lists the layers of an account and region by name, each with its newest version that is asked for. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { unlimited } from '../record-store.ts';
import { addressLayer } from './layer-address.ts';
import { matches } from './layer-filter.ts';
import { listedLayerVersion } from './layer-output.ts';

type ListedLayer = NonNullable<LambdaOperations['ListLayers']['output']['Layers']>[number];

const pageAtMost = 50;

/**
 * `ListLayers`; a layer without a version that matches is left out.
 * @throws ServiceError InvalidParameterValueException for a marker that is none.
 * @see AWS Lambda API reference, ListLayers
 */
export const listLayers: LambdaOperation<'ListLayers'> = (input, { scope, stores }) => {
  const limit = input.MaxItems ?? pageAtMost;
  const after = input.Marker === undefined ? undefined : decodeMarker(input.Marker);
  if (input.Marker !== undefined && after === undefined) throw invalidParameterValue('Invalid Marker.');
  const page: ListedLayer[] = [];
  let last: string | undefined;
  for (const { record } of stores.layers.list(scope, '', after, unlimited)) {
    const newest = record.versions.find((version) => matches(version, input));
    if (newest === undefined) continue;
    if (page.length === limit) return { Layers: page, NextMarker: encodeMarker(last ?? '') };
    const layer = addressLayer(scope, record.name);
    page.push({
      LayerName: record.name,
      LayerArn: layer.arn,
      LatestMatchingVersion: listedLayerVersion(layer, newest),
    });
    last = record.name;
  }
  return { Layers: page };
};

/** The layers that a request gives to a function, in its order: found, allowed, and refused where Lambda refuses them. */
import type { Scope } from '../../aws/scope.ts';
import { ServiceError } from '../../aws/service-error.ts';
import type { CodeStore } from '../code/code-store.ts';
import { isLiveFolder } from '../code/live-folder.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import type { LambdaStores } from '../lambda-stores.ts';
import { addressLayerVersion, isOwn, notAuthorized } from '../layer/layer-address.ts';
import { allowsAccount, layerAction } from '../layer/layer-policy.ts';
import type { ObtainedLayer, ObtainedLayers } from '../layer/obtained-layers.ts';
import { checkVersionNumber, findVersion } from '../layer/require-layer-version.ts';
import type { AttachedLayer } from './function-settings.ts';

const layersAtMost = 5;

interface LayerRules {
  readonly scope: Scope;
  readonly stores: Pick<LambdaStores, 'layers'>;
}

/**
 * The layer versions that a request names.
 * @param obtained those that had to be fetched
 * @throws ServiceError InvalidParameterValueException for too many, for one of another region, for two versions of
 * one layer and for one that does not exist; AccessDeniedException for one of another account that does not allow it.
 */
export function attachedLayers(
  arns: readonly string[],
  rules: LayerRules,
  obtained: ObtainedLayers,
): readonly AttachedLayer[] {
  if (arns.length > layersAtMost) throw invalidParameterValue('Cannot reference more than 5 layers.');
  const seen = new Map<string, string>();
  for (const arn of arns) {
    if (arn.split(':')[3] !== rules.scope.region) {
      throw invalidParameterValue(
        `Layers are not in the same region as the function. Layers are expected to be in region ${rules.scope.region}.`,
      );
    }
    const layer = arn.slice(0, arn.lastIndexOf(':'));
    const other = seen.get(layer);
    if (other !== undefined) {
      throw invalidParameterValue(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    }
    seen.set(layer, arn);
  }
  return arns.map((arn) => {
    const layer = obtained.find(arn);
    return layer === undefined ? attachedLayer(arn, rules) : obtainedLayer(arn, layer, rules);
  });
}

function attachedLayer(arn: string, { scope, stores }: LayerRules): AttachedLayer {
  const address = addressLayerVersion(arn);
  if (address === undefined) throw noSuchLayerVersion(arn);
  checkVersionNumber(address.version);
  const found = findVersion(address, address.version, stores.layers)?.version;
  if (!isOwn(address, scope) && !allowsAccount(found?.policy, scope.account)) {
    throw notAuthorized(scope, layerAction, arn);
  }
  if (found === undefined) throw noSuchLayerVersion(arn);
  return { arn, code: found.code, unpackedSize: found.unpackedSize };
}

function obtainedLayer(arn: string, layer: ObtainedLayer, { scope }: LayerRules): AttachedLayer {
  switch (layer.kind) {
    case 'kept':
      return { arn, code: layer.code, unpackedSize: layer.unpackedSize };
    case 'missing':
      throw noSuchLayerVersion(arn);
    case 'refused':
      throw new ServiceError('AccessDeniedException', layer.message, { type: null, status: 403 });
    case 'unreachable': {
      const { message } = notAuthorized(scope, layerAction, arn);
      const whatToDo = `The layer is not here, and could not be fetched from AWS: ${layer.reason}`;
      throw new ServiceError('AccessDeniedException', `${message}. ${whatToDo}`, { type: null, status: 403 });
    }
  }
}

/** @throws ServiceError InvalidParameterValueException when one was deleted since it was found, and nobody uses it. */
export function requireKeptLayers(layers: readonly AttachedLayer[], codeStore: CodeStore): void {
  const gone = layers.find(({ code }) => !isLiveFolder(code) && !codeStore.has(code));
  if (gone !== undefined) throw noSuchLayerVersion(gone.arn);
}

const noSuchLayerVersion = (arn: string): ServiceError => invalidParameterValue(`Layer version ${arn} does not exist.`);

/** The layers of a function: which sets of them Lambda refuses. */
import type { Scope } from '../../aws/scope.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import type { AttachedLayer } from './function-settings.ts';

const layersAtMost = 5;

/**
 * The layer versions that a request names, in its order.
 * @throws ServiceError InvalidParameterValueException for too many, for one of another region, for two versions of
 * one layer, and for one that does not exist, which holds for all: none can be published here yet.
 */
export function attachedLayers(arns: readonly string[], scope: Scope): readonly AttachedLayer[] {
  if (arns.length > layersAtMost) throw invalidParameterValue('Cannot reference more than 5 layers.');
  const seen = new Map<string, string>();
  for (const arn of arns) {
    if (arn.split(':')[3] !== scope.region) {
      throw invalidParameterValue(
        `Layers are not in the same region as the function. Layers are expected to be in region ${scope.region}.`,
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
  const [first] = arns;
  if (first !== undefined) throw invalidParameterValue(`Layer version ${first} does not exist.`);
  return [];
}

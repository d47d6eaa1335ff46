/** The room that a function's code and its layers take up together once they are unpacked. */
import type { CodeSource } from '../code/code-source.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import type { LambdaLimits } from '../lambda-limits.ts';
import type { AttachedLayer } from './function-settings.ts';

/**
 * @throws ServiceError InvalidParameterValueException
 * @see AWS Lambda Developer Guide, "Lambda quotas", deployment package size
 */
export function checkCombinedSize(
  source: CodeSource,
  layers: readonly AttachedLayer[],
  { codeSizeUnzipped: limit }: LambdaLimits,
): void {
  if (source.kind !== 'zip' || layers.length === 0) return;
  const size = layers.reduce((total, layer) => total + layer.unpackedSize, Number(source.unpackedSize));
  if (size > limit) {
    throw invalidParameterValue(
      `Function code combined with layers exceeds the maximum allowed size of ${limit} bytes. The actual size is ${size} bytes.`,
    );
  }
}

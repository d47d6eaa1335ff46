/** Which layer versions a list is asked for. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { LayerVersionRecord } from './layer-record.ts';

type FilterInput = Pick<LambdaOperations['ListLayers']['input'], 'CompatibleRuntime' | 'CompatibleArchitecture'>;

/** A version that says nothing of what it is compatible with is not said to be compatible. */
export const matches = (
  { compatibleRuntimes, compatibleArchitectures }: LayerVersionRecord,
  { CompatibleRuntime: runtime, CompatibleArchitecture: architecture }: FilterInput,
): boolean =>
  (runtime === undefined || compatibleRuntimes?.includes(runtime) === true) &&
  (architecture === undefined || compatibleArchitectures?.includes(architecture) === true);

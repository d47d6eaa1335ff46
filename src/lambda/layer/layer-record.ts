/** What is kept of a layer: its versions, and how many there ever were. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Scope } from '../../aws/scope.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { LayerContent } from './layer-content.ts';
import type { LayerPolicy } from './layer-policy.ts';

type PublishInput = LambdaOperations['PublishLayerVersion']['input'];

/** An immutable value: a change is a new record in the store. Stays when all versions are deleted, for its counter. */
export interface LayerRecord {
  readonly scope: Scope;
  readonly name: string;
  /** The highest version number ever given out; numbers are not used twice. */
  readonly lastVersion: number;
  /** Newest first, without those that were deleted. */
  readonly versions: readonly LayerVersionRecord[];
}

export interface LayerVersionRecord extends LayerContent {
  readonly version: number;
  readonly description: string;
  /** Epoch. */
  readonly created: Milliseconds;
  /** Undefined where the publisher said nothing, as are the two below. */
  readonly compatibleRuntimes: PublishInput['CompatibleRuntimes'];
  readonly compatibleArchitectures: PublishInput['CompatibleArchitectures'];
  readonly licenseInfo: string | undefined;
  /** Undefined while nobody else may use it. */
  readonly policy: LayerPolicy | undefined;
}

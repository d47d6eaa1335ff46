/** What is kept of the provisioned concurrency of one version or alias. */
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { VersionId } from '../function/function-version.ts';
import type { ProvisionedState } from './provisioned-state.ts';

export interface ProvisionedConcurrencyRecord {
  /** The version's number or the alias's name. */
  readonly qualifier: string;
  /** Whose environments these are: the version itself, or what the alias stands for. */
  readonly version: VersionId;
  readonly requested: number;
  /** How many are known to be there. */
  readonly allocated: number;
  readonly state: ProvisionedState;
  /** Names this round of starting environments; what an earlier one reports does not count any more. */
  readonly round: string;
  /** When the user last changed it. Epoch. */
  readonly lastModified: Milliseconds;
}

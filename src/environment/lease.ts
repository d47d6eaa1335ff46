/** The right to run one invocation in one environment; disposing it gives the environment back. */
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Environment } from './environment.ts';

export interface Lease extends Disposable {
  readonly environment: Environment;
  /** How long the environment took to initialise, on the first lease of an environment only. */
  readonly initDuration: Milliseconds | undefined;
  /** The same for one that began from a snapshot. */
  readonly restoration?: Restoration;
}

export interface Restoration {
  /** From nothing to ready. */
  readonly duration: Milliseconds;
  /** The part of it that the runtime took after it was restored: what AWS bills. */
  readonly billed: Milliseconds;
}

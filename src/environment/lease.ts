/** The right to run one invocation in one environment; disposing it gives the environment back. */
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Environment } from './environment.ts';

export interface Lease extends Disposable {
  readonly environment: Environment;
  /** How long the environment took to initialise, on the first lease of an environment only. */
  readonly initDuration: Milliseconds | undefined;
}

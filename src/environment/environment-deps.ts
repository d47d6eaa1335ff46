/** What every environment is given. */
import type { Executor } from '../executors/executor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import type { RuntimeApiServer } from '../runtime-api/runtime-api-server.ts';
import type { SnapshotUse } from './restore-phase.ts';

export interface EnvironmentDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly executor: Executor;
  readonly runtimeApi: RuntimeApiServer;
  /** Limit of the init phase. At AWS: 10 seconds. */
  readonly initLimit: Milliseconds;
  /** For a version that starts from a snapshot. */
  readonly snapshot?: SnapshotUse;
  /** Idle time before the processes are frozen; `undefined` never freezes them. */
  readonly freezeAfter: Milliseconds | undefined;
}

/** What every environment is given. */
import type { Executor } from '../executors/executor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
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
  /** How much later than it is the init phase that begins is to be over; nothing: not at all. */
  readonly initDelay?: (version: FunctionVersion) => Milliseconds | undefined;
}

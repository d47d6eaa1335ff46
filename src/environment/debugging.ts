/** What the pool asks of whoever lets debuggers into environments. */
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { Environment } from './environment.ts';
import type { EnvironmentDeps } from './environment-deps.ts';
import type { Purpose } from './purpose.ts';

export interface Debugging {
  /**
   * The version is ready to be started.
   * @param wake starts an environment for a debugger that is there before any invocation; settles when that has been tried
   * @returns what ends it; nothing for a version that is not debugged
   */
  open(version: FunctionVersion, wake: () => Promise<void>): AsyncDisposable | undefined;
  /**
   * What an environment of the version is given in place of what others have; nothing for one that is not debugged.
   * @param attached called when a debugger has come to this environment
   */
  equip(
    version: FunctionVersion,
    purpose: Purpose,
    attached: () => void,
  ): Pick<EnvironmentDeps, 'clock' | 'executor' | 'freezeAfter'> | undefined;
  /**
   * As long as a debugger is attached to the environment for these invocations, they run in that one and no other.
   * @returns what to wait for before asking again; nothing when there is nothing to wait for
   */
  turn(version: FunctionVersion, purpose: Purpose): Promise<void> | undefined;
  /** An environment of the version was given back. */
  freed(version: FunctionVersion): void;
  /** Whether a debugger is attached to it. */
  holds(environment: Environment): boolean;
}

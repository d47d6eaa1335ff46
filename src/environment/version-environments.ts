/** The environments of one version of one function: those that wait, those that run, and when each is removed. */
import type { PreparedVersion } from '../executors/executor.ts';
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Environment } from './environment.ts';
import type { Lease } from './lease.ts';
import type { Purpose } from './purpose.ts';

export interface VersionEnvironmentsOptions {
  readonly clock: Clock;
  /** Idle time before an environment is removed; 0 removes it after each invocation. */
  readonly keepAlive: Milliseconds;
  /** Ends an environment; whoever owns the pool awaits it. */
  readonly remove: (environment: Environment) => void;
  /** Told when one waits again. */
  readonly freed?: (() => void) | undefined;
  /** Whether one stays although it has been idle for so long. */
  readonly holds?: ((environment: Environment) => boolean) | undefined;
}

interface Warm {
  readonly purpose: Purpose;
  /** Undefined for those that stay however long they are idle. */
  readonly eviction: Timer | undefined;
  /** Not wanted any more: removed when it is given back. */
  dismissed: boolean;
}

export class VersionEnvironments {
  readonly prepared: PreparedVersion;
  readonly #options: VersionEnvironmentsOptions;
  readonly #all = new Map<Environment, Warm>();
  /** Last in, first out: the environment used last is the warmest, and the others may reach their idle time. */
  readonly #idle = new Map<Purpose, Environment[]>();
  #starting = 0;
  #retired = false;

  constructor(prepared: PreparedVersion, options: VersionEnvironmentsOptions) {
    this.prepared = prepared;
    this.#options = options;
  }

  get environments(): Iterable<Environment> {
    return this.#all.keys();
  }

  /** Environments there are, and those that somebody is about to start. */
  get size(): number {
    return this.#all.size + this.#starting;
  }

  get retired(): boolean {
    return this.#retired;
  }

  /** A lease of an environment that waits, if there is one. */
  lease(purpose: Purpose): Lease | undefined {
    const idle = this.#idle.get(purpose);
    const environment = idle?.pop();
    if (environment === undefined) return undefined;
    if (idle?.length === 0) this.#idle.delete(purpose);
    return this.#leaseOf(environment, undefined);
  }

  /** Somebody is about to start an environment: until the returned value is disposed, the version stays prepared. */
  expect(): Disposable {
    this.#starting += 1;
    return {
      [Symbol.dispose]: () => {
        this.#starting -= 1;
      },
    };
  }

  /** Takes in a new environment, leased from the start. */
  admit(environment: Environment, initDuration: Milliseconds | undefined, purpose: Purpose): Lease {
    const { clock, keepAlive } = this.#options;
    // The timer counts from the last release: while the environment runs it fires into nothing.
    const eviction = purpose === 'provisioned' ? undefined : clock.timer(keepAlive, () => this.#expire(environment));
    this.#all.set(environment, { purpose, eviction, dismissed: false });
    return this.#leaseOf(environment, initDuration);
  }

  /** Removes an environment: now if it waits, else when it is given back. */
  dismiss(environment: Environment): void {
    const warm = this.#all.get(environment);
    if (warm === undefined) return;
    warm.dismissed = true;
    this.#evict(environment);
  }

  /** Removes all that were started on demand but this one, which stays: now those that wait, others when given back. */
  dismissOthers(kept?: Environment): void {
    const purpose = kept && this.#all.get(kept)?.purpose;
    for (const [environment, warm] of this.#all) {
      if (warm.purpose === 'provisioned') continue;
      if (environment === kept) warm.dismissed = false;
      else if (purpose === undefined || warm.purpose === purpose) this.dismiss(environment);
    }
  }

  /** Whether an environment is there, and to stay. */
  keeps(environment: Environment): boolean {
    return this.#all.get(environment)?.dismissed === false;
  }

  /** Removes an environment also in the middle of what it runs. */
  removeAtOnce(environment: Environment): void {
    this.#evict(environment);
    if (this.#all.has(environment)) this.#remove(environment);
  }

  /** No new invocation comes: environments that wait are removed now, those that run when they are given back. */
  retire(): void {
    this.#retired = true;
    const idle = [...this.#idle.values()].flat();
    this.#idle.clear();
    for (const environment of idle) this.#remove(environment);
  }

  /** Removes every environment, also those that run. */
  removeAll(): void {
    this.#retired = true;
    this.#idle.clear();
    for (const environment of this.#all.keys()) this.#remove(environment);
  }

  #leaseOf(environment: Environment, initDuration: Milliseconds | undefined): Lease {
    let held = true;
    return {
      environment,
      initDuration,
      [Symbol.dispose]: () => {
        if (held) this.#release(environment);
        held = false;
      },
    };
  }

  #release(environment: Environment): void {
    const warm = this.#all.get(environment);
    if (warm === undefined) return;
    if (environment.resting !== undefined) {
      // Its extensions still work on what the caller has the answer of: it is free when they are done.
      void environment.resting.then(() => this.#release(environment));
      return;
    }
    const { purpose, eviction, dismissed } = warm;
    if (this.#retired || dismissed || (eviction !== undefined && this.#options.keepAlive === 0)) {
      this.#remove(environment);
      return;
    }
    const idle = this.#idle.get(purpose);
    if (idle === undefined) this.#idle.set(purpose, [environment]);
    else idle.push(environment);
    eviction?.restart();
    this.#options.freed?.();
  }

  #expire(environment: Environment): void {
    if (this.#options.holds?.(environment)) this.#all.get(environment)?.eviction?.restart();
    else this.#evict(environment);
  }

  #evict(environment: Environment): void {
    const purpose = this.#all.get(environment)?.purpose;
    const idle = purpose && this.#idle.get(purpose);
    const position = idle?.indexOf(environment) ?? -1;
    if (purpose === undefined || idle === undefined || position < 0) return;
    idle.splice(position, 1);
    if (idle.length === 0) this.#idle.delete(purpose);
    this.#remove(environment);
  }

  #remove(environment: Environment): void {
    this.#all.get(environment)?.eviction?.[Symbol.dispose]();
    this.#all.delete(environment);
    this.#options.remove(environment);
  }
}

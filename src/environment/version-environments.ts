/** The environments of one version of one function: those that wait, those that run, and when each is removed. */
import type { PreparedVersion } from '../executors/executor.ts';
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { Environment } from './environment.ts';
import type { Lease } from './lease.ts';

export interface VersionEnvironmentsOptions {
  readonly clock: Clock;
  /** Idle time before an environment is removed; 0 removes it after each invocation. */
  readonly keepAlive: Milliseconds;
  /** Ends an environment; whoever owns the pool awaits it. */
  readonly remove: (environment: Environment) => void;
}

interface Warm {
  readonly environment: Environment;
  readonly eviction: Timer;
}

export class VersionEnvironments {
  readonly prepared: PreparedVersion;
  readonly #options: VersionEnvironmentsOptions;
  readonly #all = new Map<Environment, Warm>();
  /** Last in, first out: the environment used last is the warmest, and the others may reach their idle time. */
  readonly #idle: Environment[] = [];
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
  lease(): Lease | undefined {
    const environment = this.#idle.pop();
    return environment === undefined ? undefined : this.#leaseOf(environment, undefined);
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
  admit(environment: Environment, initDuration: Milliseconds | undefined): Lease {
    // The timer counts from the last release: while the environment runs it fires into nothing.
    const eviction = this.#options.clock.timer(this.#options.keepAlive, () => this.#evict(environment));
    this.#all.set(environment, { environment, eviction });
    return this.#leaseOf(environment, initDuration);
  }

  /** No new invocation comes: environments that wait are removed now, those that run when they are given back. */
  retire(): void {
    this.#retired = true;
    for (const environment of this.#idle.splice(0)) this.#remove(environment);
  }

  /** Removes every environment, also those that run. */
  removeAll(): void {
    this.#retired = true;
    this.#idle.length = 0;
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
    if (this.#retired || this.#options.keepAlive === 0) {
      this.#remove(environment);
      return;
    }
    this.#idle.push(environment);
    warm.eviction.restart();
  }

  #evict(environment: Environment): void {
    const position = this.#idle.indexOf(environment);
    if (position < 0) return;
    this.#idle.splice(position, 1);
    this.#remove(environment);
  }

  #remove(environment: Environment): void {
    this.#all.get(environment)?.eviction[Symbol.dispose]();
    this.#all.delete(environment);
    this.#options.remove(environment);
  }
}

/** Keeps a number of environments of one version initialised ahead of invocations, and replaces those that fail. */
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { Semaphore } from '../kernel/semaphore.ts';
import type { ProvisioningOutcome } from '../lambda/provisioned-concurrency/provisioned-environments.ts';
import type { Environment } from './environment.ts';
import type { VersionEnvironments } from './version-environments.ts';

export interface ProvisionedReserveDeps {
  readonly home: VersionEnvironments;
  /** Begins to start one more environment; `failed` is told when it can serve only after a restart. */
  readonly launch: (failed: (environment: Environment) => void) => Environment;
  readonly starts: Semaphore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whoever owns the pool awaits what goes on in the background. */
  readonly track: (work: Promise<void>) => void;
}

/** Between attempts to replace an environment: the first waits this long, each further one twice as long. */
const firstPause = milliseconds(1000);
const longestPause = milliseconds(60_000);

export class ProvisionedReserve {
  readonly #deps: ProvisionedReserveDeps;
  /** Those that are initialised. */
  readonly #members = new Set<Environment>();
  readonly #starting = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #target = 0;
  /** Environments in their init phase. */
  #booting = 0;
  #rounds = 0;
  #replacing = false;

  constructor(deps: ProvisionedReserveDeps) {
    this.#deps = deps;
  }

  /** Resolves when there are as many environments as wanted, or when that has failed and none is left. */
  async resize(count: number): Promise<ProvisioningOutcome> {
    this.#rounds += 1;
    const round = this.#rounds;
    this.#target = count;
    this.#dismissSurplus();
    for (let missing = count - this.#members.size - this.#starting.size; missing > 0; missing -= 1) this.#launch();
    await Promise.all(this.#starting);
    if (round !== this.#rounds || this.#stop.signal.aborted) return { kind: 'superseded' };
    if (this.#members.size >= count) return { kind: 'provisioned' };
    this.#target = 0;
    this.#dismissSurplus();
    return { kind: 'failed' };
  }

  /** Removes an environment and starts another in its place. @returns whether it was one of these */
  evict(environment: Environment): boolean {
    const isMember = this.#members.has(environment);
    this.#failed(environment);
    return isMember;
  }

  /** The version is retired, or all ends: nothing is started any more. The environments are its home's to remove. */
  stop(): void {
    this.#target = 0;
    this.#members.clear();
    this.#stop.abort(new Error('the version is retired'));
  }

  get #complete(): boolean {
    return this.#members.size + this.#booting >= this.#target;
  }

  /** Those that run an invocation go last. */
  #dismissSurplus(): void {
    const idleFirst = [...this.#members].toSorted((one, other) => busyness(one) - busyness(other));
    for (const environment of idleFirst.slice(0, Math.max(0, this.#members.size - this.#target))) {
      this.#members.delete(environment);
      this.#deps.home.dismiss(environment);
    }
  }

  #launch(): void {
    const start = this.#start().finally(() => this.#starting.delete(start));
    this.#starting.add(start);
  }

  /** One more environment, if there are not enough; one that does not come up, or too late, is removed. */
  async #start(): Promise<void> {
    const { home, starts, launch } = this.#deps;
    using _expected = home.expect();
    using _permit = await starts.enter();
    if (this.#complete) return;
    const environment = launch(this.#failed);
    this.#booting += 1;
    using _lease = home.admit(environment, undefined, 'provisioned');
    const boot = await environment.booted;
    this.#booting -= 1;
    if (boot.kind === 'ready' && !this.#complete && home.keeps(environment)) this.#members.add(environment);
    else home.dismiss(environment);
  }

  readonly #failed = (environment: Environment): void => {
    if (!this.#members.delete(environment)) return;
    this.#deps.home.dismiss(environment);
    if (this.#replacing) return;
    this.#replacing = true;
    this.#deps.track(this.#replace());
  };

  async #replace(): Promise<void> {
    const { clock, logger, home } = this.#deps;
    try {
      for (let pause = firstPause; !this.#complete; pause = milliseconds(Math.min(2 * pause, longestPause))) {
        const before = this.#members.size;
        await this.#start();
        if (this.#members.size > before) continue;
        logger.warn(
          `A provisioned environment of ${home.prepared.version.functionName} cannot be replaced; trying on.`,
        );
        await clock.sleep(pause, this.#stop.signal);
      }
    } catch (error) {
      // The only wait that fails is the one that was ended.
      if (!this.#stop.signal.aborted) throw error;
    } finally {
      this.#replacing = false;
    }
  }
}

const busyness = ({ state }: Environment): number => (state === 'busy' ? 1 : 0);

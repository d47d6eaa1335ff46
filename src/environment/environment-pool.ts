/** All warm environments of this daemon: reuses one that waits, or starts one more for each concurrent invocation. */

import { type RoleCredentials, roleCredentials } from '../aws/sigv4/role-credentials.ts';
import type { EnvironmentId, Executor, PreparedVersion } from '../executors/executor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Milliseconds, milliseconds, secondsToMilliseconds } from '../kernel/quantity.ts';
import type { Random } from '../kernel/random.ts';
import { Semaphore } from '../kernel/semaphore.ts';
import type { FunctionVersion, Generation } from '../lambda/function/function-version.ts';
import type {
  ProvisionedEnvironments,
  ProvisioningOutcome,
} from '../lambda/provisioned-concurrency/provisioned-environments.ts';
import type { Debugging } from './debugging.ts';
import { Environment } from './environment.ts';
import type { EnvironmentDeps } from './environment-deps.ts';
import { EnvironmentLog } from './environment-log.ts';
import type { BootOutcome } from './environment-outcome.ts';
import { environmentVariables, type InitializationType } from './environment-variables.ts';
import type { FollowCode } from './follow-code.ts';
import { initEnd, initStart, restoreEnd, restoreStart } from './init-events.ts';
import type { Lease } from './lease.ts';
import type { LogSink } from './log-sink.ts';
import { ProvisionedReserve } from './provisioned-reserve.ts';
import type { Purpose } from './purpose.ts';
import type { SnapshotUse } from './restore-phase.ts';
import { VersionEnvironments } from './version-environments.ts';

export interface EnvironmentPoolDeps extends EnvironmentDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly executor: Executor;
  readonly logSink: LogSink;
  readonly logger: Logger;
  readonly keepAlive: Milliseconds;
  /** How many environments may be in their init phase at once: more would only slow each other down. */
  readonly concurrentStarts: number;
  /** Told of the credentials that an environment gets, before it starts. */
  readonly credentialsIssued?: (version: FunctionVersion, credentials: RoleCredentials) => void;
  /** Who tells when code changes while it is run; nobody unless given. */
  readonly follow?: FollowCode;
  /** Who lets debuggers in; nobody unless given. */
  readonly debugging?: Debugging;
  /** `AWS_ENDPOINT_URL` for the functions. */
  readonly endpoint: () => string | undefined;
  /** `AWS_XRAY_DAEMON_ADDRESS` for the functions; nobody listens unless given. */
  readonly xrayDaemon?: () => string | undefined;
}

/** Or the function's time-out when that is longer. Source: Lambda developer guide, "Lambda execution environment lifecycle". */
const provisionedInitLimit = milliseconds(130_000);

/** Of an init phase that no invocation waits for. */
function initLimitAhead(version: FunctionVersion): Milliseconds {
  const timeout = secondsToMilliseconds(version.timeout);
  return timeout > provisionedInitLimit ? timeout : provisionedInitLimit;
}

export class EnvironmentPool implements ProvisionedEnvironments, AsyncDisposable {
  readonly #deps: EnvironmentPoolDeps;
  readonly #versions = new Map<Generation, VersionEnvironments>();
  readonly #preparing = new Map<Generation, Promise<VersionEnvironments>>();
  readonly #reserves = new Map<Generation, ProvisionedReserve>();
  readonly #followed = new Map<Generation, AsyncDisposable>();
  readonly #removals = new Set<Promise<void>>();
  readonly #starts: Semaphore;
  readonly #stop = new AbortController();

  constructor(deps: EnvironmentPoolDeps) {
    this.#deps = deps;
    this.#starts = new Semaphore(deps.concurrentStarts);
  }

  /** Every environment there is, for those who watch. */
  *environments(): Iterable<Environment> {
    for (const version of this.#versions.values()) yield* version.environments;
  }

  /**
   * Makes a version ready to be started.
   * @param progress told in a few words what takes long
   * @throws PreparationFailed when it cannot run here.
   */
  async prepare(
    version: FunctionVersion,
    signal: AbortSignal,
    progress?: (what: string) => void,
  ): Promise<PreparedVersion> {
    return (await this.#prepared(version, signal, progress)).prepared;
  }

  /** A lease of an environment that is warm and free, without waiting: the hot path. */
  idle(version: FunctionVersion, purpose: Purpose = 'on-demand'): Lease | undefined {
    return this.#versions.get(version.generation)?.lease(purpose);
  }

  /**
   * Starts one more environment and waits for the end of its init phase, however it ends.
   * @returns nothing when the daemon is shutting down
   * @throws PreparationFailed
   */
  async start(version: FunctionVersion, purpose: Purpose = 'on-demand'): Promise<Lease | undefined> {
    const home = this.#versions.get(version.generation) ?? (await this.#homeOf(version));
    if (home === undefined) return undefined;
    using _expected = home.expect();
    const turn = this.#deps.debugging && (await this.#turn(home, purpose, this.#deps.debugging));
    if (turn !== undefined) return turn;
    using _permit = await this.#starts.enter();
    if (this.#stop.signal.aborted) return undefined;
    const free = home.lease(purpose);
    if (free !== undefined) return free;
    const { clock } = this.#deps;
    const started = clock.monotonic();
    const restores = version.snapStart === true;
    const environment = restores
      ? this.#environment(home, 'snap-start', purpose, this.#snapshotDeps(version, 'restored'))
      : this.#environment(home, 'on-demand', purpose, this.#deps);
    const lease = home.admit(environment, undefined, purpose);
    const boot = await environment.booted;
    if (boot.kind !== 'ready') return lease;
    const duration = milliseconds(clock.monotonic() - started);
    const took = restores
      ? { initDuration: undefined, restoration: { duration, billed: environment.restoreDuration } }
      : { initDuration: duration };
    return { environment, ...took, [Symbol.dispose]: () => lease[Symbol.dispose]() };
  }

  /**
   * Runs the init phase of a version that starts from snapshots, once, as if its snapshot were taken then.
   * @throws PreparationFailed, the signal's reason when it aborts first
   */
  async initialise(version: FunctionVersion, signal: AbortSignal): Promise<BootOutcome> {
    const stopped = AbortSignal.any([signal, this.#stop.signal]);
    const home = await this.#prepared(version, stopped);
    const expected = home.expect();
    try {
      using _permit = await this.#starts.enter();
      stopped.throwIfAborted();
      const environment = this.#environment(home, 'snap-start', 'on-demand', this.#snapshotDeps(version, 'taken'));
      const end = (): void => this.#track(environment[Symbol.asyncDispose]());
      stopped.addEventListener('abort', end, { once: true });
      const outcome = await environment.booted;
      stopped.removeEventListener('abort', end);
      end();
      stopped.throwIfAborted();
      return outcome;
    } finally {
      expected[Symbol.dispose]();
      if (home.retired && home.size === 0) this.#forget(home);
    }
  }

  /** @throws PreparationFailed */
  async provision(version: FunctionVersion, count: number): Promise<ProvisioningOutcome> {
    if (count === 0 && !this.#reserves.has(version.generation)) return { kind: 'provisioned' };
    const home = this.#versions.get(version.generation) ?? (await this.#homeOf(version));
    if (home === undefined || home.retired) return { kind: 'superseded' };
    const outcome = await this.#reserveOf(home).resize(count);
    if (home.retired && home.size === 0) this.#forget(home);
    return outcome;
  }

  /** Removes an environment: now if it waits or that is asked for, else when its invocation has ended. */
  evict(environment: Environment, atOnce = false): void {
    const { generation } = environment.version;
    const home = this.#versions.get(generation);
    if (home === undefined) return;
    if (this.#reserves.get(generation)?.evict(environment) !== true) home.dismiss(environment);
    if (!atOnce) return;
    environment.abandon();
    home.removeAtOnce(environment);
  }

  /** No environment that there is now serves a further invocation of the version. */
  evictAll(version: FunctionVersion): void {
    for (const environment of this.#versions.get(version.generation)?.environments ?? []) this.evict(environment);
  }

  /** The version's code has become other: what begins from now on runs the new one. */
  renew(version: FunctionVersion): void {
    for (const environment of this.#versions.get(version.generation)?.environments ?? []) environment.renew();
  }

  /** No further invocation names this version. */
  retire(version: FunctionVersion): void {
    const home = this.#versions.get(version.generation);
    if (home !== undefined) this.#retire(home);
    else if (this.#preparing.has(version.generation)) {
      const retired = this.#homeOf(version).then((prepared) => prepared && this.#retire(prepared));
      this.#track(retired.catch(() => {})); // what could not be prepared needs no retirement
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the daemon is shutting down'));
    await Promise.allSettled(this.#preparing.values());
    for (const reserve of this.#reserves.values()) reserve.stop();
    for (const home of this.#versions.values()) {
      home.removeAll();
      this.#forget(home);
    }
    while (this.#removals.size > 0) await Promise.all(this.#removals);
  }

  #retire(home: VersionEnvironments): void {
    this.#reserves.get(home.prepared.version.generation)?.stop();
    this.#unfollow(home);
    home.retire();
    if (home.size === 0) this.#forget(home);
  }

  #reserveOf(home: VersionEnvironments): ProvisionedReserve {
    const { version } = home.prepared;
    let reserve = this.#reserves.get(version.generation);
    if (reserve === undefined) {
      const initLimit = initLimitAhead(version);
      reserve = new ProvisionedReserve({
        home,
        starts: this.#starts,
        clock: this.#deps.clock,
        logger: this.#deps.logger,
        launch: (failed) =>
          this.#environment(home, 'provisioned-concurrency', 'provisioned', { ...this.#deps, initLimit }, failed),
        track: (work) => this.#track(work),
      });
      this.#reserves.set(version.generation, reserve);
    }
    return reserve;
  }

  #environment(
    home: VersionEnvironments,
    type: InitializationType,
    purpose: Purpose,
    deps: EnvironmentDeps,
    failed?: (environment: Environment) => void,
  ): Environment {
    const { random, clock, executor, logSink, endpoint, xrayDaemon, debugging } = this.#deps;
    const { prepared } = home;
    const id = random.hex(16) as EnvironmentId;
    const log = new EnvironmentLog(prepared.version, id, logSink, clock, executor.outputLag);
    const { version } = prepared;
    const credentials = roleCredentials(version.scope.account, random);
    this.#deps.credentialsIssued?.(version, credentials);
    const variables = environmentVariables(version, credentials, log.stream, type, endpoint(), xrayDaemon?.());
    const started = clock.monotonic();
    // Nobody debugs an environment that is there for its snapshot alone.
    const attached = deps.snapshot === 'taken' ? undefined : debugging;
    const debugged = attached?.equip(version, purpose, () => home.dismissOthers(environment));
    const own = debugged === undefined ? deps : { ...deps, ...debugged };
    const environment: Environment = new Environment(id, prepared, log, variables, own, failed);
    const restores = deps.snapshot === 'restored';
    log.platform(restores ? restoreStart(version, id, log.day) : initStart(version, id, type, log.day));
    void environment.booted.then((outcome) => {
      if (this.#stop.signal.aborted) return;
      const took = milliseconds(clock.monotonic() - started);
      for (const event of restores ? restoreEnd(outcome, took) : initEnd(outcome, type, took)) log.platform(event);
    });
    return environment;
  }

  #snapshotDeps(version: FunctionVersion, snapshot: SnapshotUse): EnvironmentDeps {
    return { ...this.#deps, initLimit: initLimitAhead(version), snapshot };
  }

  /** Of an environment that a debugger is attached to: waits until it is free, or the debugger gone. */
  async #turn(home: VersionEnvironments, purpose: Purpose, debugging: Debugging): Promise<Lease | undefined> {
    const { version } = home.prepared;
    for (;;) {
      const turn = debugging.turn(version, purpose);
      if (turn === undefined || this.#stop.signal.aborted) return undefined;
      const free = home.lease(purpose);
      if (free !== undefined) return free;
      await turn;
    }
  }

  /** An environment for a debugger: those there are without one are of no use to it. */
  async #wake(version: FunctionVersion): Promise<void> {
    // Environments of a tenant are started by that tenant's invocations.
    if (version.tenantIsolation !== undefined) return;
    this.#versions.get(version.generation)?.dismissOthers();
    using _lease = await this.start(version);
  }

  /** Of a version that an invocation needs; nothing when the daemon is shutting down. */
  async #homeOf(version: FunctionVersion): Promise<VersionEnvironments | undefined> {
    const { signal } = this.#stop;
    if (signal.aborted) return undefined;
    try {
      return await this.#prepared(version, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  #prepared(
    version: FunctionVersion,
    signal: AbortSignal,
    progress?: (what: string) => void,
  ): Promise<VersionEnvironments> {
    const known = this.#versions.get(version.generation);
    if (known !== undefined) return Promise.resolve(known);
    const running = this.#preparing.get(version.generation);
    if (running !== undefined) return running;
    const preparation = this.#prepare(version, signal, progress).finally(() =>
      this.#preparing.delete(version.generation),
    );
    this.#preparing.set(version.generation, preparation);
    return preparation;
  }

  async #prepare(
    version: FunctionVersion,
    signal: AbortSignal,
    progress?: (what: string) => void,
  ): Promise<VersionEnvironments> {
    const stopped = AbortSignal.any([signal, this.#stop.signal]);
    await using begun = new AsyncDisposableStack();
    const prepared = begun.use(await this.#deps.executor.prepare(version, stopped, progress));
    const followed = begun.use(new AsyncDisposableStack());
    followed.use(await this.#deps.follow?.(version, () => this.renew(version), stopped));
    followed.use(this.#deps.debugging?.open(version, () => this.#wake(version)));
    this.#followed.set(version.generation, followed);
    begun.move();
    const { debugging } = this.#deps;
    const home: VersionEnvironments = new VersionEnvironments(prepared, {
      clock: this.#deps.clock,
      keepAlive: this.#deps.keepAlive,
      remove: (environment) => {
        this.#track(environment[Symbol.asyncDispose]());
        if (home.retired && home.size === 0) this.#forget(home);
      },
      freed: debugging && (() => debugging.freed(version)),
      holds: debugging && ((environment) => debugging.holds(environment)),
    });
    this.#versions.set(version.generation, home);
    return home;
  }

  #forget(home: VersionEnvironments): void {
    const { generation } = home.prepared.version;
    if (!this.#versions.delete(generation)) return;
    this.#reserves.delete(generation);
    this.#unfollow(home);
    this.#track(Promise.allSettled(this.#removals).then(() => home.prepared[Symbol.asyncDispose]()));
  }

  #unfollow({ prepared: { version } }: VersionEnvironments): void {
    const followed = this.#followed.get(version.generation);
    this.#followed.delete(version.generation);
    if (followed !== undefined) this.#track(Promise.resolve(followed[Symbol.asyncDispose]()));
  }

  #track(removal: Promise<void>): void {
    const tracked = removal
      .catch((error: unknown) => this.#deps.logger.error('an environment was not removed cleanly', { error }))
      .finally(() => this.#removals.delete(tracked));
    this.#removals.add(tracked);
  }
}

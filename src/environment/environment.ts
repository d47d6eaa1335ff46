/** One execution environment: a process that is started once, runs one invocation at a time and is kept warm between. */
import { connectTo } from '../executors/connect-to.ts';
import type { EnvironmentId, PreparedVersion, ProcessExit, RunningProcess } from '../executors/executor.ts';
import { afterPoll } from '../kernel/event-loop.ts';
import { invariant } from '../kernel/invariant.ts';
import { type Bytes, bytes, type Milliseconds, milliseconds } from '../kernel/quantity.ts';
import { settledWithin } from '../kernel/settled-within.ts';
import { StateMachine } from '../kernel/state-machine.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { ShutdownReason } from '../runtime-api/extensions/extension-event.ts';
import type { RuntimeApiListener } from '../runtime-api/runtime-api-listener.ts';
import type { RuntimeEvent } from '../runtime-api/runtime-event.ts';
import type { RuntimeSession } from '../runtime-api/runtime-session.ts';
import { AnswerOrEnd } from './answer-or-end.ts';
import { Boot } from './boot.ts';
import type { EnvironmentDeps } from './environment-deps.ts';
import { EnvironmentExtensions } from './environment-extensions.ts';
import type { EnvironmentLog } from './environment-log.ts';
import { type BootOutcome, type RunOutcome, sequelOf } from './environment-outcome.ts';
import { type EnvironmentState, environmentTransitions } from './environment-state.ts';
import { EnvironmentUsage } from './environment-usage.ts';
import { IdleDelay } from './idle-delay.ts';
import { peerOf } from './peer-of.ts';
import { PostRuntime, type PostRuntimeEnd } from './post-runtime.ts';

export class Environment implements AsyncDisposable {
  readonly id: EnvironmentId;
  readonly prepared: PreparedVersion;
  readonly log: EnvironmentLog;
  readonly usage: EnvironmentUsage;
  readonly #deps: EnvironmentDeps;
  readonly #failed: ((environment: Environment) => void) | undefined;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #machine = new StateMachine<EnvironmentState>('environment', environmentTransitions, 'starting');
  readonly #listener: RuntimeApiListener;
  readonly #extensions: EnvironmentExtensions;
  readonly #stop = new AbortController();
  #process: RunningProcess | undefined;
  /** The latest init phase, whose process there is. */
  #current: Boot | undefined;
  #boot: Promise<BootOutcome>;
  readonly #idle: IdleDelay;
  #settle: ((outcome: RunOutcome) => void) | undefined;
  #postRuntime: PostRuntime | undefined;
  /** Its process may have begun before the code became what it is now. */
  #outdated = false;
  #disposed: Promise<void> | undefined;

  /**
   * Starts the process; `booted` tells when its init phase ended, and how.
   * @param failed told when it can serve only after a restart, for those who want one that is ready
   */
  constructor(
    id: EnvironmentId,
    prepared: PreparedVersion,
    log: EnvironmentLog,
    variables: Readonly<Record<string, string>>,
    deps: EnvironmentDeps,
    failed?: (environment: Environment) => void,
  ) {
    this.id = id;
    this.prepared = prepared;
    this.log = log;
    this.#variables = variables;
    this.#deps = deps;
    this.#failed = failed;
    this.usage = new EnvironmentUsage(deps.clock);
    this.#idle = new IdleDelay(deps.clock, deps.freezeAfter, () => this.#freeze());
    this.#listener = deps.runtimeApi.listen(deps.executor.runtimeApiHost, prepared.version.functionName);
    this.#extensions = new EnvironmentExtensions({
      version: prepared.version,
      external: prepared.extensions ?? [],
      log,
      clock: deps.clock,
      random: deps.random,
      connect: (port) => this.#process?.connect?.(port) ?? connectTo('127.0.0.1', port),
      failed: (failure) => this.#broke({ kind: 'extension-failed', ...failure }),
    });
    this.#boot = this.#start();
  }

  get version(): FunctionVersion {
    return this.prepared.version;
  }

  get state(): EnvironmentState {
    return this.#machine.state;
  }

  /** The latest init phase. */
  get booted(): Promise<BootOutcome> {
    return this.#boot;
  }

  /** What the runtime has done after it was restored from a snapshot took. */
  get restoreDuration(): Milliseconds {
    return this.#current?.restoreDuration ?? milliseconds(0);
  }

  get maxMemory(): Bytes {
    return this.#process?.usage().maxMemory ?? bytes(0);
  }

  /** How the executor names what runs it, for a person who looks for it. */
  get handle(): RunningProcess['handle'] {
    return this.#process?.handle;
  }

  /** After an answer: the end of what extensions still do about it. The environment is free then, and not before. */
  get resting(): Promise<PostRuntimeEnd> | undefined {
    return this.#postRuntime?.ended;
  }

  /** Runs one invocation. The time-out covers a repeated init phase too, as at AWS. */
  run(event: RuntimeEvent, timeout: Milliseconds): Promise<RunOutcome> {
    this.log.settle();
    this.usage.count();
    return this.#proceed(event, timeout);
  }

  #proceed(event: RuntimeEvent, timeout: Milliseconds): Promise<RunOutcome> {
    if (this.#machine.state === 'frozen') this.#thaw();
    if (this.#outdated && this.#machine.state === 'ready') this.#replace();
    return this.#machine.state === 'ready' ? this.#deliver(event, timeout) : this.#recover(event, timeout);
  }

  /**
   * The code has become other: a new process takes the place of the one there is, on the same file system. What runs
   * ends on the code that it began with.
   */
  renew(): void {
    if (this.#machine.state === 'frozen') this.#thaw();
    const { state } = this.#machine;
    const free = state === 'ready' && this.#current?.session.state === 'idle';
    if (free || state === 'initialising' || state === 'failed') this.#replace();
    else this.#outdated = true;
  }

  /** An init phase that this cuts short ends as the new one does. */
  #replace(): void {
    const former = this.#current;
    this.#current = undefined;
    former?.session.close();
    this.#restart('spindown');
    former?.end(this.#boot);
  }

  async #recover(event: RuntimeEvent, timeout: Milliseconds): Promise<RunOutcome> {
    const due = this.#deps.clock.monotonic() + timeout;
    const repeats = this.#machine.state === 'failed';
    const notRestored = this.#current?.takeRestoreFailure();
    if (notRestored !== undefined) return notRestored;
    if (repeats) this.#restart('failure', timeout);
    const boot = (await settledWithin(this.#deps.clock, timeout, this.#boot)) ?? ({ kind: 'timed-out' } as const);
    if (this.#stop.signal.aborted) return { kind: 'stopped' };
    const left = milliseconds(due - this.#deps.clock.monotonic());
    // Not delivered at once: the code may have changed again since.
    if (boot.kind === 'ready') return this.#proceed(event, left);
    // An init phase that began before this invocation had its own limit: what it could not do in that is repeated.
    if (boot.kind === 'timed-out' && !repeats && left > 0) return this.#recover(event, left);
    // The limit was the function's own: what still initialises is ended, as a handler would be.
    if (boot.kind === 'timed-out' && this.#machine.state === 'initialising') this.#restart('timeout');
    this.#current?.takeRestoreFailure();
    return boot;
  }

  #deliver(event: RuntimeEvent, timeout: Milliseconds): Promise<RunOutcome> {
    const session = this.#current?.session;
    invariant(session !== undefined, 'a ready environment has a session');
    this.#machine.transition('busy');
    const due = this.#deps.clock.monotonic() + timeout;
    return new Promise((resolve) => {
      const answer = new AnswerOrEnd(this.#deps.clock, (outcome) => this.#settle?.(outcome));
      const timer = this.#deps.clock.timer(timeout, () => this.#settle?.({ kind: 'timed-out' }));
      this.#settle = (outcome) => {
        const unseen = outcome.kind === 'exited' && session.current !== undefined && session.state !== 'running';
        this.#settle = undefined;
        timer[Symbol.dispose]();
        answer[Symbol.dispose]();
        this.#afterRun(outcome, session, due);
        // A process that ended before it asked for this event never saw it: the next one gets it.
        resolve(unseen ? this.#recover(event, milliseconds(due - this.#deps.clock.monotonic())) : outcome);
      };
      session.invoke(event, answer.answered);
      if (this.#extensions.exist) this.#extensions.invoke(event);
    });
  }

  #afterRun(outcome: RunOutcome, session: RuntimeSession, due: number): void {
    const sequel = sequelOf(outcome);
    if (sequel === 'restart') this.#restart(outcome.kind === 'timed-out' ? 'timeout' : 'failure');
    else if (sequel === 'free' && this.#extensions.exist) this.#rest(session, due);
    else if (sequel === 'free') this.#machine.transition('ready');
  }

  /** The runtime has answered: extensions may go on until the invocation's own time-out. */
  #rest(session: RuntimeSession, due: number): void {
    const { clock } = this.#deps;
    const done = this.#extensions.allDone(() => session.state === 'idle');
    const limit = milliseconds(due - clock.monotonic());
    this.#postRuntime = new PostRuntime(clock, limit, done, (end) => {
      this.#postRuntime = undefined;
      if (this.#machine.state !== 'busy') return;
      if (end.kind === 'done') {
        this.#machine.transition('ready');
        this.#becameIdle();
      } else this.#restart(end.kind === 'timed-out' ? 'timeout' : 'failure');
    });
  }

  /** Nobody is behind the Runtime API any more who could answer. */
  #broke(outcome: Extract<BootOutcome, { kind: 'exited' | 'extension-failed' }>): void {
    this.#current?.end(outcome);
    if (this.#machine.state === 'frozen' || this.#machine.state === 'ready') this.#fail();
    this.#postRuntime?.fail(outcome);
    this.#settle?.(outcome);
  }

  /**
   * Ends the process, keeps the file system, and begins a new init phase.
   * @param reason why, for the extensions
   * @param limit of that init phase: the one of the first init phase in the background, an invocation's time-out in it
   */
  #restart(reason: ShutdownReason, limit: Milliseconds = this.#deps.initLimit): void {
    this.#machine.transition('restarting');
    this.#outdated = false;
    this.#current?.session.close();
    this.#current?.end({ kind: 'timed-out' });
    this.#boot = this.#extensions.exist
      ? this.#extensions.shutDown(reason, this.#process).then(() => this.#startAgain(limit))
      : this.#startAgain(limit);
  }

  #startAgain(limit: Milliseconds): Promise<BootOutcome> {
    if (this.#stop.signal.aborted) return Promise.resolve({ kind: 'timed-out' });
    this.#listener.detach();
    this.#extensions.restart();
    return this.#start(limit);
  }

  async #start(limit: Milliseconds = this.#deps.initLimit): Promise<BootOutcome> {
    const boot = new Boot({
      clock: this.#deps.clock,
      snapshot: this.#deps.snapshot,
      delay: this.#deps.initDelay?.(this.version),
      initialised: (answer, booted) => this.#extensions.initialised(answer, booted),
      becameIdle: () => this.#becameIdle(),
    });
    this.#current = boot;
    const { refusal } = this.#extensions;
    if (refusal !== undefined) {
      if (this.#machine.can('failed')) this.#fail();
      return { kind: 'extension-failed', ...refusal };
    }
    try {
      await this.#launch();
      if (this.#stop.signal.aborted) return { kind: 'timed-out' };
    } catch (error) {
      if (this.#machine.can('failed')) this.#fail();
      return { kind: 'start-failed', error: error instanceof Error ? error : new Error(String(error)) };
    }
    this.#machine.transition('initialising');
    const process = this.#process;
    this.#listener.attach(boot.session, (socket) => process?.speaks(peerOf(socket)) ?? false, this.#extensions.serve);
    // The answer may have been written just before the end: what is in the socket is read first.
    void process?.exited.then((exit) => afterPoll(() => this.#ended(boot.session, exit)));
    if (this.#extensions.exist) void this.#extensions.startRuntime(process);
    const outcome = await boot.ended(limit);
    this.#afterBoot(boot.session, outcome);
    return outcome;
  }

  async #launch(): Promise<void> {
    const { signal } = this.#stop;
    if (this.#process !== undefined) return await this.#process.restart(signal);
    const spec = {
      environmentId: this.id,
      runtimeApi: await this.#listener.address,
      variables: this.#variables,
      output: this.log.output,
      extensionOutput: this.#extensions.output,
      extensionExited: this.#extensions.exited,
    };
    this.#process = await this.#deps.executor.start(this.prepared, spec, signal);
  }

  #afterBoot(session: RuntimeSession, outcome: BootOutcome): void {
    if (session !== this.#current?.session || this.#machine.state !== 'initialising') return;
    this.#extensions.endInit();
    if (outcome.kind === 'ready') {
      this.#machine.transition('ready');
      this.#becameIdle();
      return;
    }
    if (outcome.kind === 'timed-out' || outcome.kind === 'restore-timed-out') this.#process?.terminate();
    this.#fail();
  }

  #fail(): void {
    this.#machine.transition('failed');
    if (this.#outdated) this.#replace();
    else this.#failed?.(this);
  }

  #ended(session: RuntimeSession, exit: ProcessExit): void {
    if (session !== this.#current?.session || this.#stop.signal.aborted) return;
    this.log.flush();
    this.#broke({ kind: 'exited', exit });
  }

  /** The runtime asks for the next event and there is none: time to freeze, soon. */
  #becameIdle(): void {
    if (this.#extensions.exist) this.#extensions.changed();
    if (this.#outdated && this.#machine.state === 'ready') this.#replace();
    this.#idle.begin();
  }

  #freeze(): void {
    if (this.#machine.state !== 'ready' || this.#current?.session.state !== 'idle') return;
    this.#machine.transition('frozen');
    this.#extensions.freeze();
    this.#process?.freeze();
  }

  #thaw(): void {
    this.#process?.thaw();
    this.#extensions.thaw();
    this.#machine.transition('ready');
  }

  /** What it runs fails as if its process had been killed; whoever calls this removes it. */
  abandon(): void {
    this.#settle?.({ kind: 'exited', exit: { kind: 'signal', signal: 'SIGKILL', oom: false } });
  }

  /** Ends the processes and removes their file system. A run that is under way ends as `stopped`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    this.#settle?.({ kind: 'stopped' });
    this.#postRuntime?.fail({ kind: 'stopped' });
    this.#machine.transition('stopping');
    this.#stop.abort(new Error('the environment is being removed'));
    this.#idle[Symbol.dispose]();
    this.#current?.session.close();
    this.#current?.end({ kind: 'timed-out' });
    if (this.#process === undefined) await this.#boot;
    try {
      if (this.#extensions.exist) await this.#extensions.shutDown('spindown', this.#process);
      await this.#process?.[Symbol.asyncDispose]();
    } finally {
      await this.#listener[Symbol.asyncDispose]();
      this.#extensions[Symbol.dispose]();
      this.log.flush();
      this.#machine.transition('stopped');
    }
  }
}

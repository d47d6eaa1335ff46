/** An executor without processes: each is a script in this one, which speaks the real Runtime API over a real socket. */
import type {
  Executor,
  LaunchSpec,
  PreparedVersion,
  ProcessExit,
  RunningProcess,
} from '../../src/executors/executor.ts';
import { loopback } from '../../src/executors/runtime-api-host.ts';
import { bytes } from '../../src/kernel/quantity.ts';
import type { FunctionVersion } from '../../src/lambda/function/function-version.ts';
import { RuntimeClient } from './runtime-client.ts';

/** What a runtime process does, from its start on; returning is `exit(0)`. */
export type RuntimeScript = (runtime: FakeRuntime) => Promise<void>;

/** One runtime process as its script sees it. */
export class FakeRuntime {
  readonly api: RuntimeClient;
  readonly environment: FakeProcess;
  /** Resolves when the process was asked to stop (SIGTERM). */
  readonly terminated: Promise<void>;

  constructor(environment: FakeProcess, terminated: Promise<void>) {
    this.api = new RuntimeClient(environment.spec.runtimeApi);
    this.environment = environment;
    this.terminated = terminated;
  }

  print(text: string): void {
    this.environment.spec.output(Buffer.from(text));
  }

  /** Ends this process; a script returns after it. */
  exit(exit: ProcessExit): void {
    this.environment.end(this, exit);
  }
}

/** One environment's process, with a record of all that was asked of it. */
export class FakeProcess implements RunningProcess {
  readonly spec: LaunchSpec;
  readonly calls: string[] = [];
  exited: Promise<ProcessExit>;
  frozen = false;
  disposed = false;
  readonly #script: () => RuntimeScript;
  #runtime: FakeRuntime | undefined;
  #exit: (exit: ProcessExit) => void = () => {};
  #terminate: () => void = () => {};

  constructor(spec: LaunchSpec, script: () => RuntimeScript) {
    this.spec = spec;
    this.#script = script;
    this.exited = this.#launch();
  }

  get running(): boolean {
    return this.#runtime !== undefined;
  }

  async restart(): Promise<void> {
    this.calls.push('restart');
    this.#kill();
    this.exited = this.#launch();
  }

  terminate(): void {
    this.calls.push('terminate');
    this.#terminate();
  }

  freeze(): void {
    this.calls.push('freeze');
    this.frozen = true;
  }

  thaw(): void {
    this.calls.push('thaw');
    this.frozen = false;
  }

  speaks(): boolean {
    return true;
  }

  usage(): { readonly maxMemory: ReturnType<typeof bytes> } {
    return { maxMemory: bytes(40 * 1024 * 1024) };
  }

  /** The process of `runtime` ends, unless another has taken its place. */
  end(runtime: FakeRuntime, exit: ProcessExit): void {
    if (this.#runtime !== runtime) return;
    this.#runtime = undefined;
    runtime.api[Symbol.dispose]();
    this.#exit(exit);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true;
    this.#kill();
  }

  #kill(): void {
    if (this.#runtime !== undefined) this.end(this.#runtime, { kind: 'signal', signal: 'SIGKILL', oom: false });
  }

  #launch(): Promise<ProcessExit> {
    const { promise, resolve } = Promise.withResolvers<ProcessExit>();
    const terminated = Promise.withResolvers<void>();
    this.#exit = resolve;
    this.#terminate = terminated.resolve;
    const runtime = new FakeRuntime(this, terminated.promise);
    this.#runtime = runtime;
    // A script whose connection was cut has nothing more to say; one that fails by itself is a process that crashed.
    this.#script()(runtime).then(
      () => this.end(runtime, { kind: 'code', code: 0 }),
      () => this.end(runtime, { kind: 'code', code: 1 }),
    );
    return promise;
  }
}

export class FakeExecutor implements Executor {
  readonly kind = 'host';
  readonly isolation = 'none: a fake';
  readonly runtimeApiHost = loopback;
  readonly outputLag = undefined;
  /** Runs in each process that starts from now on. */
  script: RuntimeScript;
  /** Every environment's process that was ever started. */
  readonly processes: FakeProcess[] = [];
  /** Generations that are prepared and not disposed. */
  readonly prepared: string[] = [];
  /** What the next calls fail with. */
  startFailure: Error | undefined;
  prepareFailure: Error | undefined;

  constructor(script: RuntimeScript = echo) {
    this.script = script;
  }

  async prepare(version: FunctionVersion, signal: AbortSignal): Promise<PreparedVersion> {
    signal.throwIfAborted();
    if (this.prepareFailure !== undefined) throw this.prepareFailure;
    this.prepared.push(version.generation);
    return {
      version,
      [Symbol.asyncDispose]: async () => {
        this.prepared.splice(this.prepared.indexOf(version.generation), 1);
      },
    };
  }

  async start(_prepared: PreparedVersion, spec: LaunchSpec, signal: AbortSignal): Promise<RunningProcess> {
    signal.throwIfAborted();
    if (this.startFailure !== undefined) throw this.startFailure;
    const started = new FakeProcess(spec, () => this.script);
    this.processes.push(started);
    return started;
  }

  /** Processes that were started and not disposed. */
  get alive(): readonly FakeProcess[] {
    return this.processes.filter((process) => !process.disposed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.processes.map((process) => process[Symbol.asyncDispose]()));
  }
}

/** Answers each event with itself. */
export async function echo({ api }: FakeRuntime): Promise<void> {
  for (;;) {
    const event = await api.next();
    await api.respond(event.requestId, event.payload, 'application/json');
  }
}

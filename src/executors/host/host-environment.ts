/** One environment on this machine: its folder, its control group, and one runtime process after another. */
import type { Clock } from '../../kernel/clock.ts';
import type { FunctionVersion } from '../../lambda/function/function-version.ts';
import type {
  LaunchSpec,
  PeerConnection,
  ProcessExit,
  ProcessHandle,
  ResourceUsage,
  RunningProcess,
} from '../executor.ts';
import type { RawExit } from '../exit-of-status.ts';
import { memoryLimit } from '../memory-limit.ts';
import { loopback } from '../runtime-api-host.ts';
import { connectingEnd, holdsSocket, processNamespace } from './connection-owner.ts';
import type { ControlGroup } from './control-group/control-group.ts';
import type { Isolation, LaunchCommand } from './isolation.ts';
import { MemoryMeter } from './memory-meter.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { OutputPipes } from './output-pipes.ts';
import { processIds, sendSignal, startedWith } from './process-tree.ts';
import { removeFolder } from './remove-folder.ts';
import { type LauncherDeps, RuntimeProcess } from './runtime-process.ts';

export interface HostEnvironmentDeps {
  readonly clock: Clock;
  readonly version: FunctionVersion;
  readonly spec: LaunchSpec;
  readonly isolation: Isolation;
  /** Made anew for each process, as the machine's `/etc` may have changed. */
  readonly command: () => LaunchCommand;
  /** File names of those that the command starts, in its order. */
  readonly extensions: readonly string[];
  /** Removed when the environment is disposed of. */
  readonly folder: string;
  readonly group: ControlGroup | undefined;
  /** Whether the group holds the memory limit; otherwise it is watched. */
  readonly groupLimitsMemory: boolean;
  readonly pipes: OutputPipes;
  /** Whether `freeze` does anything. */
  readonly freeze: boolean;
  /** All environments of the executor: this one is among them from its start to its disposal. */
  readonly siblings: Set<RunningProcess>;
}

export class HostEnvironment implements RunningProcess {
  readonly #deps: HostEnvironmentDeps;
  readonly #meter = new MemoryMeter();
  readonly #watch: MemoryWatch | undefined;
  #process: RuntimeProcess | undefined;
  #exited: Promise<ProcessExit>;
  #frozen = false;
  #watchKilled = false;
  #killed = false;
  #lifetime: Promise<unknown> = Promise.resolve();
  #disposal: Promise<void> | undefined;

  private constructor(deps: HostEnvironmentDeps) {
    this.#deps = deps;
    this.#exited = Promise.resolve({ kind: 'code', code: 0 });
    if (!deps.groupLimitsMemory) this.#watch = this.#createWatch();
  }

  /** @throws Error when the process cannot be spawned; nothing is left of the environment then. */
  static async start(deps: HostEnvironmentDeps, signal: AbortSignal): Promise<HostEnvironment> {
    const environment = new HostEnvironment(deps);
    deps.siblings.add(environment);
    try {
      await environment.#inTurn(() => environment.#launch(signal));
      return environment;
    } catch (error) {
      await environment[Symbol.asyncDispose]();
      throw error;
    }
  }

  get exited(): Promise<ProcessExit> {
    return this.#exited;
  }

  get handle(): ProcessHandle | undefined {
    const pid = this.#process?.runtimeId;
    return pid === undefined ? undefined : { kind: 'process', pid };
  }

  restart(signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      this.#endTree();
      await this.#ended();
      await this.#launch(signal);
    });
  }

  startRuntime(): void {
    this.#process?.startRuntime();
  }

  terminate(): void {
    this.thaw();
    const pid = this.#process?.runtimeId;
    if (pid !== undefined) sendSignal(pid, 'SIGTERM');
  }

  freeze(): void {
    if (this.#frozen || !this.#deps.freeze || this.#disposal !== undefined) return;
    this.#frozen = true;
    this.#watch?.[Symbol.dispose]();
    if (!this.#deps.group?.setFrozen(true)) this.#process?.signalGroup('SIGSTOP');
  }

  thaw(): void {
    if (!this.#frozen) return;
    this.#frozen = false;
    if (!this.#deps.group?.setFrozen(false)) this.#process?.signalGroup('SIGCONT');
    this.#watch?.start();
  }

  /** Peak of the runtime process, of all runs of it; some microseconds. */
  usage(): ResourceUsage {
    return { maxMemory: this.#meter.peak() };
  }

  speaks(connection: PeerConnection): boolean {
    const end = connectingEnd(connection);
    if (end.kind !== 'socket') return end.kind === 'unknown';
    const program = this.#process?.programId;
    if (program === undefined) return false;
    return holdsSocket(program, end.inode) || this.#others(program).some((pid) => holdsSocket(pid, end.inode));
  }

  /** Extensions, and the runtime's own helpers, `curl` in a shell for example. */
  #others(program: number): readonly number[] {
    if (!this.#deps.isolation.nested) return startedWith(`AWS_LAMBDA_RUNTIME_API=${this.#deps.spec.runtimeApi}\0`);
    const namespace = processNamespace(program);
    return processIds().filter((pid) => pid !== program && processNamespace(pid) === namespace);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #dispose(): Promise<void> {
    this.#deps.spec.debugger?.ended();
    this.#endTree();
    await this.#lifetime.catch(() => {});
    this.#endTree(); // A start under way may have gone through.
    await this.#ended();
    this.#watch?.[Symbol.dispose]();
    this.#meter[Symbol.dispose]();
    await this.#deps.group?.remove();
    await removeFolder(this.#deps.folder);
    this.#deps.siblings.delete(this);
  }

  /** Settles when nothing runs any more, and what was written is read. */
  async #ended(): Promise<void> {
    await Promise.all([this.#exited, this.#process?.ended]);
  }

  /** One restart after the other. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#lifetime.catch(() => {}).then(task);
    this.#lifetime = turn;
    return turn;
  }

  async #launch(signal: AbortSignal): Promise<void> {
    const { clock, isolation, group, pipes, spec, command, extensions } = this.#deps;
    signal.throwIfAborted();
    const oomKillsBefore = group?.oomKills() ?? 0;
    const pipe = await pipes.take();
    const launcher = extensions.length === 0 ? undefined : await this.#launcher();
    this.#watchKilled = false;
    this.#killed = false;
    const runtime = await RuntimeProcess.start({
      clock,
      command: command(),
      nested: isolation.nested,
      joinFiles: group?.joinFiles ?? [],
      pipe,
      output: spec.output,
      ...(launcher && { launcher }),
      onExit: () => this.#endTree(),
    });
    this.#process = runtime;
    this.#meter.follow(() => runtime.runtimeId);
    this.#watch?.start();
    this.#exited = runtime.exited.then((exit) => this.#tell(exit, oomKillsBefore));
    spec.debugger?.launched(loopback.advertise);
  }

  async #launcher(): Promise<LauncherDeps> {
    const { pipes, spec, extensions } = this.#deps;
    return {
      pipe: await pipes.take(),
      output: spec.extensionOutput ?? ((): void => {}),
      extensionExited: (index, exit) => {
        // That everything ends when it is killed is no news, and would be taken for that of what is started next.
        if (this.#killed) return;
        spec.extensionExited?.(extensions[index] ?? '', exit.kind === 'code' ? exit : { ...exit, oom: false });
      },
    };
  }

  #tell(exit: RawExit, oomKillsBefore: number): ProcessExit {
    this.#watch?.[Symbol.dispose]();
    if (exit.kind === 'code') return exit;
    const byKernel = (this.#deps.group?.oomKills() ?? 0) > oomKillsBefore;
    const oom = exit.signal === 'SIGKILL' && (byKernel || this.#watchKilled);
    if (oom) this.#meter.raise(memoryLimit(this.#deps.version, this.#deps.spec));
    return { ...exit, oom };
  }

  /** SIGKILL to all processes of the environment, wherever they hid. */
  #endTree(): void {
    this.thaw();
    this.#killed = true;
    this.#process?.signalGroup('SIGKILL');
    const { group, isolation, spec } = this.#deps;
    if (group !== undefined) group.kill();
    else if (!isolation.nested) {
      for (const pid of startedWith(`AWS_LAMBDA_RUNTIME_API=${spec.runtimeApi}\0`)) sendSignal(pid, 'SIGKILL');
    }
  }

  #createWatch(): MemoryWatch {
    return new MemoryWatch({
      clock: this.#deps.clock,
      meter: this.#meter,
      limit: memoryLimit(this.#deps.version, this.#deps.spec),
      onExceeded: () => {
        this.#watchKilled = true;
        this.#process?.signalGroup('SIGKILL');
      },
    });
  }
}

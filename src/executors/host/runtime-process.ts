/** One runtime process from spawn to exit: its output, its end, the end of all that it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Clock } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { OutputSink } from '../executor.ts';
import { exitOfStatus, type RawExit } from '../exit-of-status.ts';
import { openFiles } from '../processes-limit.ts';
import { launcherDescriptors } from './extensions/launcher.ts';
import { LauncherLink } from './extensions/launcher-link.ts';
import type { LaunchCommand } from './isolation.ts';
import type { OutputPipe } from './output-pipes.ts';
import { childrenOf, sendSignal } from './process-tree.ts';

/** How long output is read on after the end, when a process that got away still holds the pipe. */
const drainGrace = milliseconds(200);

export interface RuntimeProcessDeps {
  readonly clock: Clock;
  readonly command: LaunchCommand;
  readonly nested: boolean;
  /** Into which the process writes `0` before anything of the function runs. */
  readonly joinFiles: readonly string[];
  readonly pipe: OutputPipe;
  readonly output: OutputSink;
  /** Where the command starts extensions, and the runtime when it is told to. */
  readonly launcher?: LauncherDeps;
  /** Called as soon as the process has ended, to end what left its process group. */
  readonly onExit: () => void;
}

export interface LauncherDeps {
  /** For the output of all extensions. */
  readonly pipe: OutputPipe;
  readonly output: OutputSink;
  /** @param index in the order in which the extensions were named */
  readonly extensionExited: (index: number, exit: RawExit) => void;
}

export class RuntimeProcess {
  /** Settles when the process has ended and its output has been read to the end. Never rejects. */
  readonly exited: Promise<RawExit>;
  /** Settles when all that was started has ended, which where there are extensions is later. Never rejects. */
  readonly ended: Promise<RawExit>;
  readonly #link: LauncherLink | undefined;
  readonly #process: ChildProcess;
  readonly #nested: boolean;
  #program: number | undefined;
  #runtime: number | undefined;
  #ended = false;

  private constructor(child: ChildProcess, output: Socket, deps: RuntimeProcessDeps) {
    this.#process = child;
    this.#nested = deps.nested;
    const drained = new Promise<void>((resolve) => output.once('close', resolve));
    const end = this.#end(output, drained, deps);
    this.ended = end;
    const line = child.stdio[launcherDescriptors.control];
    if (deps.launcher === undefined || !(line instanceof Duplex)) {
      this.exited = end;
      return;
    }
    const { extensionExited } = deps.launcher;
    const runtime = Promise.withResolvers<RawExit>();
    this.#link = new LauncherLink(line, {
      runtimeEnded: (status) => runtime.resolve(exitOfStatus(status)),
      extensionEnded: (index, status) => extensionExited(index, exitOfStatus(status)),
    });
    this.exited = this.#runtimeEnd(Promise.race([runtime.promise, end]), output, drained, deps.clock);
  }

  /** @throws Error when the process cannot be spawned. */
  static async start(deps: RuntimeProcessDeps): Promise<RuntimeProcess> {
    const { command, pipe, launcher } = deps;
    const output = readFrom(pipe, deps.output);
    const ofExtensions = launcher && readFrom(launcher.pipe, launcher.output);
    try {
      const child = spawn('/bin/sh', ['-c', launchScript(deps.joinFiles), command.file, ...command.arguments], {
        env: command.variables,
        cwd: command.directory,
        detached: true, // A process group of its own, to freeze and to end as one.
        stdio: [
          'ignore',
          pipe.writeEnd,
          pipe.writeEnd,
          ...(command.descriptor3 ? ['pipe' as const] : []),
          ...(launcher === undefined ? [] : launcherStdio(command, launcher.pipe)),
        ],
      });
      const runtime = new RuntimeProcess(child, output, deps);
      const settings = child.stdio[3];
      if (settings instanceof Duplex) {
        settings.on('error', () => {}); // It ended before it read them, which `exited` tells.
        settings.end(command.descriptor3);
      }
      await once(child, 'spawn');
      return runtime;
    } catch (error) {
      output.destroy();
      ofExtensions?.destroy();
      throw error;
    } finally {
      closeSync(pipe.writeEnd);
      if (launcher !== undefined) closeSync(launcher.pipe.writeEnd);
    }
  }

  /** The process id of the runtime itself; `undefined` as long as the sandbox is being made, and after the end. */
  get runtimeId(): number | undefined {
    if (this.#ended) return undefined;
    if (this.#link === undefined) return this.programId;
    this.#runtime ??= childrenOf(this.programId ?? 0)[0];
    return this.#runtime;
  }

  /** Of the first program that runs as the function: the runtime, or the launcher that has started it. */
  get programId(): number | undefined {
    if (this.#ended) return undefined;
    const { pid } = this.#process;
    if (!this.#nested || pid === undefined) return pid;
    // The watcher's only child is the first process of the namespace, and its first child is the program.
    this.#program ??= childrenOf(childrenOf(pid)[0] ?? 0)[0];
    return this.#program;
  }

  /** Where there are extensions: starts the runtime beside them. */
  startRuntime(): void {
    this.#link?.startRuntime();
  }

  /** Sends a signal to the process group; not after its end, when the number may mean another group. */
  signalGroup(signal: NodeJS.Signals): void {
    if (!this.#ended && this.#process.pid !== undefined) sendSignal(-this.#process.pid, signal);
  }

  async #end(output: Socket, drained: Promise<void>, { clock, onExit }: RuntimeProcessDeps): Promise<RawExit> {
    const exit = await new Promise<RawExit>((resolve) => {
      this.#process.once('exit', (code, signal) => resolve(this.#rawExit(code, signal)));
      this.#process.once('error', () => resolve({ kind: 'code', code: 127 }));
    });
    this.signalGroup('SIGKILL'); // Its members outlive the leader.
    this.#ended = true;
    onExit();
    using _ = clock.timer(drainGrace, () => output.destroy());
    await drained;
    return exit;
  }

  async #runtimeEnd(exit: Promise<RawExit>, output: Socket, drained: Promise<void>, clock: Clock): Promise<RawExit> {
    const ended = await exit;
    using _ = clock.timer(drainGrace, () => output.destroy());
    await drained;
    return ended;
  }

  /** A watcher that has not been killed itself reports the runtime's signal as a shell does: 128 and its number. */
  #rawExit(code: number | null, signal: NodeJS.Signals | null): RawExit {
    if (signal !== null) return { kind: 'signal', signal };
    return this.#nested ? exitOfStatus(code ?? 0) : { kind: 'code', code: code ?? 0 };
  }
}

/**
 * The shell puts itself into the groups and then becomes the program: nothing of it runs outside, and that costs one
 * millisecond. Moving a process from here would race with its first children and wait for a lock of the kernel.
 */
function launchScript(joinFiles: readonly string[]): string {
  const join = joinFiles.map((file) => `echo 0 >'${file.replaceAll("'", `'\\''`)}'||exit 125;`).join('');
  return `${join}ulimit -n ${openFiles} 2>/dev/null;exec "$0" "$@"`;
}

function readFrom(pipe: OutputPipe, sink: OutputSink): Socket {
  const output = new Socket({ fd: pipe.readEnd, readable: true, writable: false });
  output.on('data', sink);
  output.on('error', () => output.destroy());
  return output;
}

/** From the descriptor on that follows those of the command. */
function launcherStdio(command: LaunchCommand, pipe: OutputPipe): readonly ('ignore' | 'pipe' | number)[] {
  return [...(command.descriptor3 ? [] : ['ignore' as const]), 'pipe', pipe.writeEnd];
}

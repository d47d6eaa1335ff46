/** The external extensions of one run of a container: each is a program beside its first one. */
import type { Readable } from 'node:stream';
import type { OutputSink, ProcessExit } from '../../executor.ts';
import { exitOfStatus } from '../../exit-of-status.ts';
import { runtimesOwnVariables } from '../../runtimes-own-variables.ts';
import type { DockerEngine } from '../engine/docker-engine.ts';
import { OutputFrames } from '../engine/output-frames.ts';

export interface ExtensionRunsDeps {
  readonly engine: DockerEngine;
  readonly container: string;
  /** File names. */
  readonly names: readonly string[];
  /** Of all of them. */
  readonly output: OutputSink;
  readonly exited: (name: string, exit: ProcessExit) => void;
}

/** The output of a program that has ended may be told before its end is known; each question is a way to the engine. */
const mostQuestions = 1000;

export class ExtensionRuns {
  readonly #deps: ExtensionRunsDeps;
  #over = false;

  private constructor(deps: ExtensionRunsDeps) {
    this.#deps = deps;
  }

  /** @throws EngineError when the container runs no more */
  static async start(deps: ExtensionRunsDeps, signal: AbortSignal): Promise<ExtensionRuns> {
    const runs = new ExtensionRuns(deps);
    try {
      await Promise.all(deps.names.map((name) => runs.#start(name, signal)));
      return runs;
    } catch (error) {
      runs.end();
      throw error;
    }
  }

  /** The container is about to be ended: that they end with it is no news. */
  end(): void {
    this.#over = true;
  }

  async #start(name: string, signal: AbortSignal): Promise<void> {
    const { engine, container } = this.#deps;
    const exec = await engine.createExec(
      container,
      {
        // A shell tells by its exit code why a file is no program.
        Cmd: ['/bin/sh', '-c', 'exec "$0"', `/opt/extensions/${name}`],
        // The name of the container is no variable at AWS.
        Env: [...runtimesOwnVariables, 'HOSTNAME'],
        WorkingDir: '/',
        AttachStdout: true,
        AttachStderr: true,
      },
      signal,
    );
    // The signal ends a start, not what has been started.
    void this.#follow(name, exec, await engine.startExec(exec));
  }

  async #follow(name: string, exec: string, output: Readable): Promise<void> {
    const frames = new OutputFrames(this.#deps.output);
    try {
      for await (const chunk of output) frames.write(chunk as Buffer);
    } catch {
      // The engine stopped, which the end of the container tells.
    }
    const status = await this.#status(exec).catch(() => undefined);
    if (this.#over || status === undefined) return;
    const exit = exitOfStatus(status);
    this.#deps.exited(name, exit.kind === 'code' ? exit : { ...exit, oom: false });
  }

  async #status(exec: string): Promise<number | undefined> {
    for (let question = 0; question < mostQuestions; question += 1) {
      if (this.#over) return undefined;
      const { Running, ExitCode } = await this.#deps.engine.exec(exec);
      if (!Running) return ExitCode ?? undefined;
    }
    return undefined;
  }
}

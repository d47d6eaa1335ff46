/** Runs the two-hop floor as processes of its own, so that client, server and runtimes share the cores as ours do. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Target } from '../keep-alive-client.ts';

/** What `docker run` passes on to its container; others end by it all the same. */
const endsWith = 'SIGTERM';

/** Starts one runtime that waits at a port of this machine. */
export type StartRuntime = (folder: string, port: number) => ChildProcess;

const besideServer: StartRuntime = (folder, port) =>
  spawn(process.execPath, [join(folder, 'waiting-client.mjs'), String(port)], { stdio: 'inherit' });

export class Floor implements AsyncDisposable {
  readonly target: Target;
  readonly #processes: readonly ChildProcess[];

  private constructor(target: Target, processes: readonly ChildProcess[]) {
    this.target = target;
    this.#processes = processes;
  }

  /**
   * @param runtimes how many wait for events
   * @param address at which they come
   */
  static async start(runtimes: number, startRuntime = besideServer, address = '127.0.0.1'): Promise<Floor> {
    const program = [join(folder, 'two-hops.mjs'), address];
    const server = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const ports = JSON.parse(line.toString()) as { callers: number; runtimes: number };
    const clients = Array.from({ length: runtimes }, () => startRuntime(folder, ports.runtimes));
    return new Floor({ port: ports.callers, path: '/' }, [server, ...clients]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = this.#processes.map((process) => once(process, 'exit'));
    for (const process of this.#processes) process.kill(endsWith);
    await Promise.all(ended);
  }
}

const folder = fileURLToPath(new URL('.', import.meta.url));

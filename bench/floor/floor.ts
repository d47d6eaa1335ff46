/** Runs the two-hop floor as processes of its own, so that client, server and runtimes share the cores as ours do. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Target } from '../keep-alive-client.ts';

export class Floor implements AsyncDisposable {
  readonly target: Target;
  readonly #processes: readonly ChildProcess[];

  private constructor(target: Target, processes: readonly ChildProcess[]) {
    this.target = target;
    this.#processes = processes;
  }

  /** @param runtimes how many wait for events */
  static async start(runtimes: number): Promise<Floor> {
    const server = spawn(process.execPath, [pathOf('two-hops.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const ports = JSON.parse(line.toString()) as { callers: number; runtimes: number };
    const clients = Array.from({ length: runtimes }, () =>
      spawn(process.execPath, [pathOf('waiting-client.mjs'), String(ports.runtimes)], { stdio: 'inherit' }),
    );
    return new Floor({ port: ports.callers, path: '/' }, [server, ...clients]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = this.#processes.map((process) => once(process, 'exit'));
    for (const process of this.#processes) process.kill('SIGKILL');
    await Promise.all(ended);
  }
}

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

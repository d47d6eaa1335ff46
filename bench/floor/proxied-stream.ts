/** Runs the floor of streams: a server that writes and a proxy before it, each a process of its own, as ours are. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export class ProxiedStream implements AsyncDisposable {
  /** Of the proxy. */
  readonly port: number;
  readonly #processes: readonly ChildProcess[];

  private constructor(port: number, processes: readonly ChildProcess[]) {
    this.port = port;
    this.#processes = processes;
  }

  static async start(): Promise<ProxiedStream> {
    const server = await listening('streaming-server.mjs');
    const proxy = await listening('proxy.mjs', String(server.port));
    return new ProxiedStream(proxy.port, [server.process, proxy.process]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = this.#processes.map((process) => once(process, 'exit'));
    for (const process of this.#processes) process.kill('SIGKILL');
    await Promise.all(ended);
  }
}

async function listening(script: string, ...args: string[]): Promise<{ process: ChildProcess; port: number }> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, port: Number(line.toString()) };
}

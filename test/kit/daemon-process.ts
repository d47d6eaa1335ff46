/** The daemon as a process of its own, started from source as a user starts it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** What starts the command line from source. */
export const mainProgram = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

const ready = /^lambdad .* is ready on (http:\/\/127\.0\.0\.1:(\d+)) .*\n/m;

export class DaemonProcess implements AsyncDisposable {
  readonly dataDirectory: string;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #exited: Promise<unknown>;
  #stdout = '';
  #stderr = '';

  private constructor(dataDirectory: string, env: Readonly<Record<string, string>>) {
    this.dataDirectory = dataDirectory;
    this.#child = spawn(process.execPath, [mainProgram, 'start'], {
      env: {
        ...process.env,
        GATEWAY_LISTEN: '127.0.0.1:0',
        LAMBDAD_DATA_DIR: dataDirectory,
        LAMBDA_RUNTIME_EXECUTOR: 'host',
        LAMBDAD_FETCH_RUNTIMES: '0',
        LAMBDA_DOWNLOAD_AWS_LAYERS: '0',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#exited = once(this.#child, 'close');
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
  }

  /** @throws Error with what it said when it ends instead of becoming ready */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<DaemonProcess> {
    const daemon = new DaemonProcess(await mkdtemp(join(tmpdir(), 'lambdad-process-')), env);
    while (!ready.test(daemon.#stdout)) {
      const ended = daemon.#exited.then(() => 'ended');
      if ((await Promise.race([once(daemon.#child.stdout, 'data'), ended])) !== 'ended') continue;
      await rm(daemon.dataDirectory, { recursive: true, force: true });
      throw new Error(`the daemon ended:\n${daemon.#stdout}${daemon.#stderr}`);
    }
    return daemon;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get endpoint(): string {
    return ready.exec(this.#stdout)?.[1] ?? '';
  }

  get port(): number {
    return Number(ready.exec(this.#stdout)?.[2]);
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** All processes below it; empty where there is no `/proc`. */
  descendants(): Promise<readonly number[]> {
    return descendantsOf(this.pid);
  }

  /** @returns its exit code, or the signal that ended it */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.#child.kill(signal);
    await this.#exited;
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.stop();
    await rm(this.dataDirectory, { recursive: true, force: true });
  }
}

async function descendantsOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = text.split(' ').filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

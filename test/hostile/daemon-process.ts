/** A daemon in a process of its own, started from the source as a person would, to be ended in unkind ways. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { mainProgram } from '../kit/daemon-process.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class DaemonProcess implements AsyncDisposable {
  readonly exited: Promise<Exit>;
  readonly #process: ChildProcess;
  #stderr = '';
  #port = 0;

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString();
    });
    // 'close', not 'exit': by then all that it wrote has been read.
    this.exited = once(process, 'close').then(([code, signal]) => ({ code, signal }));
  }

  /** Starts it and waits for its word that it is ready, or for its end. */
  static async start(settings: Readonly<Record<string, string>>): Promise<DaemonProcess> {
    const { PATH = '', HOME = '' } = process.env;
    const env = {
      PATH,
      HOME,
      GATEWAY_LISTEN: '127.0.0.1:0',
      LAMBDA_RUNTIME_EXECUTOR: 'host',
      LAMBDA_SYNCHRONOUS_CREATE: '1',
      ...settings,
    };
    const child = spawn(process.execPath, [mainProgram, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const started = new DaemonProcess(child);
    const lines = createInterface({ input: child.stdout });
    const ready = new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        const port = /is ready on http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (port === undefined) return;
        started.#port = Number(port);
        resolve();
      });
    });
    await Promise.race([ready, started.exited]);
    return started;
  }

  get id(): number {
    return this.#process.pid ?? 0;
  }

  get port(): number {
    return this.#port;
  }

  /** What it has written on its standard error so far. */
  get complaints(): string {
    return this.#stderr;
  }

  client(): LambdaClient {
    return new LambdaClient({
      endpoint: `http://127.0.0.1:${this.#port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.signal('SIGKILL');
    await this.exited;
  }
}

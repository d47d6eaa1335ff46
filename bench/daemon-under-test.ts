/** A daemon of its own for the measurements: the built one, as users run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { zipOf } from '../test/kit/zip-of.ts';
import { KeepAliveClient, type Target } from './keep-alive-client.ts';

export const built = fileURLToPath(new URL('../dist/lambdad.mjs', import.meta.url));

const signed = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
};

/** A folder that is run as it is. */
interface LiveCode {
  readonly S3Bucket: string;
  readonly S3Key: string;
}

const isLive = (code: Readonly<Record<string, string>> | LiveCode): code is LiveCode => 'S3Bucket' in code;

export class DaemonUnderTest implements AsyncDisposable {
  readonly port: number;
  /** From the spawn to the first answered request, in milliseconds. */
  readonly startedAfter: number;
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #client = new KeepAliveClient();

  private constructor(port: number, startedAfter: number, process: ChildProcess, folder: string) {
    this.port = port;
    this.startedAfter = startedAfter;
    this.#process = process;
    this.#folder = folder;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<DaemonUnderTest> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'lambdad-bench-'));
    const environment = {
      ...process.env,
      GATEWAY_LISTEN: `127.0.0.1:${port}`,
      LAMBDAD_DATA_DIR: folder,
      LAMBDA_RUNTIME_EXECUTOR: 'host',
      ...settings,
    };
    const began = performance.now();
    const child = spawn(process.execPath, [built, 'start'], {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await answering(port, child);
    return new DaemonUnderTest(port, performance.now() - began, child, folder);
  }

  invocationOf(name: string): Target {
    return { port: this.port, path: `/2015-03-31/functions/${name}/invocations`, headers: signed };
  }

  /** Gives a function a URL that asks for no signature. */
  async urlOf(name: string, mode: 'BUFFERED' | 'RESPONSE_STREAM'): Promise<Target> {
    const target = { port: this.port, path: `/2021-10-31/functions/${name}/url`, headers: signed };
    const body = Buffer.from(JSON.stringify({ AuthType: 'NONE', InvokeMode: mode }));
    const answer = await this.#client.send(target, body);
    if (answer.status !== 201) throw new Error(`CreateFunctionUrlConfig answered ${answer.status}`);
    const { FunctionUrl } = JSON.parse(answer.body.toString()) as { FunctionUrl: string };
    return { port: this.port, path: '/', headers: { host: new URL(FunctionUrl).host } };
  }

  /** Creates a function and waits until it can be invoked. */
  async create(
    name: string,
    runtime: string,
    handler: string,
    code: Readonly<Record<string, string>> | LiveCode,
  ): Promise<void> {
    const body = {
      FunctionName: name,
      Runtime: runtime,
      Handler: handler,
      Role: 'arn:aws:iam::000000000000:role/bench',
      Timeout: 60,
      MemorySize: 512,
      Code: isLive(code) ? code : { ZipFile: (await zipOf(code)).toString('base64') },
    };
    const target = { port: this.port, path: '/2015-03-31/functions', headers: signed };
    const answer = await this.#client.send(target, Buffer.from(JSON.stringify(body)));
    if (answer.status !== 201) throw new Error(`CreateFunction answered ${answer.status}: ${answer.body.toString()}`);
    for (;;) {
      const state = await fetch(`http://127.0.0.1:${this.port}/2015-03-31/functions/${name}/configuration`);
      if (((await state.json()) as { State: string }).State === 'Active') return;
      await delay(5);
    }
  }

  /** Waits until no environment is left, so that the end of one does not disturb the start of the next. */
  async quiet(): Promise<void> {
    for (;;) {
      const status = await fetch(`http://127.0.0.1:${this.port}/_lambdad/status`);
      if (((await status.json()) as { environments: unknown[] }).environments.length === 0) break;
      await delay(2);
    }
    await delay(20);
  }

  /** Resident memory, in MB. */
  async memory(): Promise<number> {
    const status = await readFile(`/proc/${this.#process.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client[Symbol.dispose]();
    if (this.#process.exitCode === null) {
      this.#process.kill('SIGTERM');
      await once(this.#process, 'exit');
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/_localstack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(1);
  }
  throw new Error(`the daemon ended with code ${child.exitCode}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

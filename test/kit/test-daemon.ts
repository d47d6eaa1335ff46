/** A daemon of a test's own, on a free port, with the real SDK's client; disposing it proves that nothing is left. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { readConfig } from '../../src/daemon/config/config.ts';
import { hostFacts } from '../../src/daemon/config/host-facts.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { type Logger, silentLogger } from '../../src/kernel/logger.ts';
import { leftBehind } from './left-behind.ts';
import { type FunctionOptions, TestFunction } from './test-function.ts';

export interface TestDaemonOptions {
  /** Settings by name, as the environment would have them. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly logger?: Logger;
  /** Whether runtimes that this machine lacks are fetched; they are kept for later tests. */
  readonly fetchesRuntimes?: boolean;
}

export class TestDaemon implements AsyncDisposable {
  readonly port: number;
  readonly lambda: LambdaClient;
  readonly #daemon: Daemon;
  readonly dataDirectory: string;
  /** What was there before it. */
  readonly #before: ReadonlySet<string>;

  private constructor(daemon: Daemon, dataDirectory: string, before: ReadonlySet<string>) {
    this.#daemon = daemon;
    this.dataDirectory = dataDirectory;
    this.#before = before;
    this.port = daemon.addresses[0]?.port ?? 0;
    this.lambda = this.client();
  }

  static async start(options: TestDaemonOptions = {}): Promise<TestDaemon> {
    const { settings = {}, logger = silentLogger, fetchesRuntimes = false } = options;
    const before = new Set(await leftBehind());
    const dataDirectory = await mkdtemp(join(tmpdir(), 'lambdad-test-'));
    if (fetchesRuntimes) await shareCache(dataDirectory);
    const environment = {
      GATEWAY_LISTEN: '127.0.0.1:0',
      LAMBDAD_DATA_DIR: dataDirectory,
      LAMBDA_RUNTIME_EXECUTOR: 'host',
      LAMBDAD_FETCH_RUNTIMES: fetchesRuntimes ? '1' : '0',
      LAMBDA_DOWNLOAD_AWS_LAYERS: '0',
      ...settings,
    };
    const daemon = await startDaemon({ config: readConfig(environment, hostFacts()), logger });
    return new TestDaemon(daemon, dataDirectory, before);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isolation(): string {
    return this.#daemon.isolation;
  }

  /** A client in another account or region; retries are off so that a test sees the first answer. */
  client({ region = 'us-east-1', account = '000000000000' } = {}): LambdaClient {
    return new LambdaClient({
      endpoint: this.endpoint,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }

  /** Creates a function and waits until it is Active. */
  function(options: FunctionOptions): Promise<TestFunction> {
    return TestFunction.create(this.lambda, options);
  }

  /** A plain HTTP request to the daemon. */
  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.endpoint}${path}`, init);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.lambda.destroy();
    await this.#daemon[Symbol.asyncDispose]();
    const left = await leftBehind();
    assert.deepEqual(
      left.filter((what) => !this.#before.has(what)),
      [],
      'left behind on this machine',
    );
    const runs = join(this.dataDirectory, 'run');
    assert.deepEqual(existsSync(runs) ? await readdir(runs) : [], [], 'a folder is left behind');
    await rm(this.dataDirectory, { recursive: true, force: true });
  }
}

const sharedCache = fileURLToPath(new URL('../../.lambdad/test-cache/daemon/', import.meta.url));

/** What one test has fetched, others need not fetch again. */
async function shareCache(dataDirectory: string): Promise<void> {
  await mkdir(sharedCache, { recursive: true });
  await symlink(sharedCache, join(dataDirectory, 'cache'));
}

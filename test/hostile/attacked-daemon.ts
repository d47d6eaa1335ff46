/** A daemon under attack: it must go on serving, and nothing that is done to it may be the daemon's own fault. */
import assert from 'node:assert/strict';
import { type Logger, silentLogger } from '../../src/kernel/logger.ts';
import { TestDaemon, type TestDaemonOptions } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';

export class AttackedDaemon implements AsyncDisposable {
  readonly daemon: TestDaemon;
  readonly #canary: TestFunction;
  readonly #faults: string[];

  private constructor(daemon: TestDaemon, canary: TestFunction, faults: string[]) {
    this.daemon = daemon;
    this.#canary = canary;
    this.#faults = faults;
  }

  static async start(settings: TestDaemonOptions['settings'] = {}): Promise<AttackedDaemon> {
    const faults: string[] = [];
    const logger: Logger = {
      ...silentLogger,
      error: (message, fields) => void faults.push(`${message} ${describe(fields?.['error'])}`),
    };
    // With it no test has to ask again and again whether a function is Active.
    const synchronous = { LAMBDA_SYNCHRONOUS_CREATE: '1' };
    const daemon = await TestDaemon.start({ settings: { ...synchronous, ...settings }, logger });
    const canary = await daemon.function({
      FunctionName: 'canary',
      code: { 'index.js': 'exports.handler = async (event) => event;' },
    });
    return new AttackedDaemon(daemon, canary, faults);
  }

  /** An innocent function is invoked and answers, and the daemon has found no fault of its own. */
  async stillServes(): Promise<void> {
    const song = { song: performance.now() };
    assert.deepEqual((await this.#canary.invoke(song)).payload, song);
    assert.deepEqual(this.#faults, []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.daemon[Symbol.asyncDispose]();
    assert.deepEqual(this.#faults, []);
  }
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

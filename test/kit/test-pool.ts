/** An environment pool on a virtual clock with a fake executor; disposing it proves that nothing is left. */
import assert from 'node:assert/strict';
import type { Debugging } from '../../src/environment/debugging.ts';
import type { RunOutcome } from '../../src/environment/environment-outcome.ts';
import { EnvironmentPool, type EnvironmentPoolDeps } from '../../src/environment/environment-pool.ts';
import type { FollowCode } from '../../src/environment/follow-code.ts';
import type { Lease } from '../../src/environment/lease.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { bytes, milliseconds, secondsToMilliseconds } from '../../src/kernel/quantity.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { VirtualClock } from '../../src/kernel/virtual-clock.ts';
import type { FunctionVersion } from '../../src/lambda/function/function-version.ts';
import { RuntimeApiServer } from '../../src/runtime-api/runtime-api-server.ts';
import { FakeExecutor, type RuntimeScript } from './fake-executor.ts';
import { RecordedLog } from './recorded-log.ts';
import { sampleEvent } from './sample-event.ts';

export interface TestPoolOptions {
  readonly script?: RuntimeScript;
  readonly keepAlive?: number;
  readonly freezeAfter?: number;
  readonly concurrentStarts?: number;
  readonly follow?: FollowCode;
  readonly debugging?: Debugging;
  /** Of every init phase. */
  readonly initDelay?: number;
}

export class TestPool implements AsyncDisposable {
  readonly clock = new VirtualClock();
  readonly executor: FakeExecutor;
  readonly log = new RecordedLog();
  readonly pool: EnvironmentPool;

  constructor(options: TestPoolOptions = {}) {
    const { script, keepAlive = 600_000, freezeAfter, concurrentStarts = 16, follow, debugging, initDelay } = options;
    this.executor = new FakeExecutor(script);
    const deps: EnvironmentPoolDeps = {
      clock: this.clock,
      random: systemRandom,
      executor: this.executor,
      runtimeApi: new RuntimeApiServer({ maxPayload: bytes(6_291_556) }),
      logSink: this.log,
      logger: silentLogger,
      initLimit: milliseconds(10_000),
      freezeAfter: freezeAfter === undefined ? undefined : milliseconds(freezeAfter),
      keepAlive: milliseconds(keepAlive),
      concurrentStarts,
      ...(follow === undefined ? {} : { follow }),
      ...(debugging === undefined ? {} : { debugging }),
      ...(initDelay === undefined ? {} : { initDelay: () => milliseconds(initDelay) }),
      endpoint: () => 'http://127.0.0.1:4566',
    };
    this.pool = new EnvironmentPool(deps);
  }

  /** As an invocation takes it: one that is free, or a new one. */
  async lease(version: FunctionVersion): Promise<Lease> {
    const lease = this.pool.idle(version) ?? (await this.pool.start(version));
    assert.ok(lease !== undefined, 'the pool is open');
    return lease;
  }

  async invoke(version: FunctionVersion, requestId: string): Promise<RunOutcome> {
    using lease = await this.lease(version);
    return await lease.environment.run(sampleEvent(requestId), secondsToMilliseconds(version.timeout));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool[Symbol.asyncDispose]();
    assert.deepEqual([...this.pool.environments()], [], 'no environment is left');
    assert.deepEqual(this.executor.alive, [], 'no process is left');
    assert.deepEqual(this.executor.prepared, [], 'nothing stays prepared');
    assert.equal(this.clock.waiting, 0, 'no timer is left');
  }
}

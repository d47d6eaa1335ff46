/** One execution environment on a virtual clock, whose process is a script; disposing it proves that nothing is left. */
import assert from 'node:assert/strict';
import { Environment } from '../../src/environment/environment.ts';
import { EnvironmentLog } from '../../src/environment/environment-log.ts';
import type { RunOutcome } from '../../src/environment/environment-outcome.ts';
import type { SnapshotUse } from '../../src/environment/restore-phase.ts';
import type { EnvironmentId } from '../../src/executors/executor.ts';
import { bytes, type Milliseconds, milliseconds } from '../../src/kernel/quantity.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { VirtualClock } from '../../src/kernel/virtual-clock.ts';
import { RuntimeApiServer } from '../../src/runtime-api/runtime-api-server.ts';
import { eventually } from './eventually.ts';
import { FakeExecutor, type FakeProcess, type RuntimeScript } from './fake-executor.ts';
import { RecordedLog } from './recorded-log.ts';
import { sampleEvent } from './sample-event.ts';
import { sampleVersion } from './sample-version.ts';

export class TestEnvironment implements AsyncDisposable {
  static readonly timeout = milliseconds(3000);
  static readonly initLimit = milliseconds(10_000);
  readonly clock = new VirtualClock();
  readonly executor: FakeExecutor;
  readonly sink = new RecordedLog();
  readonly environment: Environment;

  private constructor(executor: FakeExecutor, environment: (test: TestEnvironment) => Environment) {
    this.executor = executor;
    this.environment = environment(this);
  }

  /** @param freezeAfter never when absent */
  static async start(
    script: RuntimeScript,
    freezeAfter?: Milliseconds,
    snapshot?: SnapshotUse,
  ): Promise<TestEnvironment> {
    const executor = new FakeExecutor(script);
    const version = sampleVersion();
    const id = '0123456789abcdef0123456789abcdef' as EnvironmentId;
    const prepared = await executor.prepare(version, new AbortController().signal);
    return new TestEnvironment(executor, ({ clock, sink }) => {
      const log = new EnvironmentLog(version, id, sink, clock, undefined);
      const runtimeApi = new RuntimeApiServer({ maxPayload: bytes(6_291_556) });
      const { initLimit } = TestEnvironment;
      return new Environment(
        id,
        prepared,
        log,
        { GREETING: 'hi' },
        { clock, random: systemRandom, executor, runtimeApi, initLimit, freezeAfter, ...(snapshot && { snapshot }) },
      );
    });
  }

  /** Its process: there is one, however often it was restarted. */
  get process(): FakeProcess {
    const [process, ...others] = this.executor.processes;
    assert.ok(process !== undefined && others.length === 0, 'one process was started');
    return process;
  }

  run(requestId: string, timeout: Milliseconds = TestEnvironment.timeout): Promise<RunOutcome> {
    return this.environment.run(sampleEvent(requestId), timeout);
  }

  reaches(state: string): Promise<void> {
    return eventually(() => this.environment.state === state, `the environment is ${state}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.environment[Symbol.asyncDispose]();
    assert.equal(this.environment.state, 'stopped');
    assert.equal(this.clock.waiting, 0, 'no timer is left');
    assert.deepEqual(this.executor.alive, [], 'no process is left');
  }
}

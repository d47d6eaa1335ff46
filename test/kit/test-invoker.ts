/** The way of an invocation without the control plane: one function, a pool, an executor that runs a script. */
import { Admission } from '../../src/invocation/admission.ts';
import type { InvocationOutcome } from '../../src/invocation/invocation-outcome.ts';
import { type InvokeDeps, invoke } from '../../src/invocation/invoke.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import type { ArchiveVersion, FunctionVersion } from '../../src/lambda/function/function-version.ts';
import type { FakeExecutor } from './fake-executor.ts';
import type { RecordedLog } from './recorded-log.ts';
import { requestId } from './sample-event.ts';
import { generation, sampleVersion } from './sample-version.ts';
import { TestPool, type TestPoolOptions } from './test-pool.ts';

export interface TestInvokerOptions extends TestPoolOptions {
  readonly concurrency?: number;
  /** What the function is that is there from the start. */
  readonly version?: Partial<ArchiveVersion>;
}

export interface InvocationWishes {
  readonly payload?: string;
  readonly clientContext?: string;
  readonly traceHeader?: string;
  readonly tail?: boolean;
  /** Another state of the function than the one that is there from the start. */
  readonly generation?: string;
}

export class TestInvoker implements AsyncDisposable {
  readonly version: FunctionVersion;
  readonly deps: InvokeDeps;
  readonly #pool: TestPool;

  constructor({ concurrency = 1000, version = {}, ...options }: TestInvokerOptions) {
    this.version = sampleVersion(version);
    this.#pool = new TestPool(options);
    this.deps = {
      catalogue: {
        resolve: ({ qualifier }) => ({
          version: qualifier === undefined ? this.version : sampleVersion({ generation: generation(qualifier) }),
          invokedFunctionArn: `${this.version.functionArn}:live`,
        }),
      },
      admission: new Admission({ concurrentExecutions: concurrency }),
      pool: this.#pool.pool,
      clock: this.#pool.clock,
      random: systemRandom,
    };
  }

  get clock(): TestPool['clock'] {
    return this.#pool.clock;
  }

  get executor(): FakeExecutor {
    return this.#pool.executor;
  }

  get log(): RecordedLog {
    return this.#pool.log;
  }

  /** Of every environment there is. */
  get states(): readonly string[] {
    return Array.from(this.#pool.pool.environments(), ({ state }) => state);
  }

  invoke(id: string, wishes: InvocationWishes = {}): Promise<InvocationOutcome> {
    const target = { scope: this.version.scope, functionName: 'greeter', qualifier: wishes.generation };
    const { payload = '{}', clientContext, traceHeader, tail = false } = wishes;
    return invoke(
      { target, requestId: requestId(id), payload: Buffer.from(payload), clientContext, traceHeader, tail },
      this.deps,
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool[Symbol.asyncDispose]();
  }
}

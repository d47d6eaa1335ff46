/** What the pool makes of a debugger that is attached to one of its environments. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { TestPool } from '../../test/kit/test-pool.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { Debugging } from './debugging.ts';
import type { Environment } from './environment.ts';

/** Whoever lets debuggers in, as a script of the test. */
class FakeDebugging implements Debugging {
  /** The environment that a debugger is attached to. */
  attachedTo: Environment | undefined;
  readonly attach: (() => void)[] = [];
  wake: () => Promise<void> = async () => {};
  closed = 0;
  #change = Promise.withResolvers<void>();

  open(_version: unknown, wake: () => Promise<void>): AsyncDisposable {
    this.wake = wake;
    return {
      [Symbol.asyncDispose]: async () => {
        this.closed += 1;
      },
    };
  }

  equip(_version: unknown, _purpose: unknown, attached: () => void): undefined {
    this.attach.push(attached);
  }

  turn(): Promise<void> | undefined {
    return this.attachedTo && this.#change.promise;
  }

  freed(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  }

  holds(environment: Environment): boolean {
    return environment === this.attachedTo;
  }
}

suite('a pool with debuggers', () => {
  test('a debugger that attaches removes the other environments', async () => {
    const debugging = new FakeDebugging();
    await using test = new TestPool({ debugging });
    const version = sampleVersion();
    const [first, second, third] = [await test.lease(version), await test.lease(version), await test.lease(version)];
    second[Symbol.dispose]();
    debugging.attach[0]?.();
    assert.deepEqual([...test.pool.environments()], [first.environment, third.environment]);
    third[Symbol.dispose]();
    assert.deepEqual([...test.pool.environments()], [first.environment]);
    first[Symbol.dispose]();
  });

  test('while one is attached, invocations wait for its environment, in their order', async () => {
    const debugging = new FakeDebugging();
    await using test = new TestPool({ debugging });
    const version = sampleVersion();
    const first = await test.lease(version);
    debugging.attachedTo = first.environment;
    const order: string[] = [];
    const next = async (name: string): Promise<void> => {
      using lease = await test.lease(version);
      assert.equal(lease.environment, first.environment);
      order.push(name);
      await turnOfLoop();
    };
    const all = Promise.all(['one', 'two', 'three'].map(next));
    await turnOfLoop();
    assert.deepEqual(order, []);
    first[Symbol.dispose]();
    await all;
    assert.deepEqual(order, ['one', 'two', 'three']);
    assert.equal(test.executor.processes.length, 1);
  });

  test('when it has gone, those who wait have environments started', async () => {
    const debugging = new FakeDebugging();
    await using test = new TestPool({ debugging });
    const version = sampleVersion();
    using first = await test.lease(version);
    debugging.attachedTo = first.environment;
    const waiting = test.lease(version);
    await turnOfLoop();
    debugging.attachedTo = undefined;
    debugging.freed();
    using second = await waiting;
    assert.notEqual(second.environment, first.environment);
  });

  test('an environment that a debugger is attached to stays however long it is idle', async () => {
    const debugging = new FakeDebugging();
    await using test = new TestPool({ debugging, keepAlive: 1000 });
    const version = sampleVersion();
    const { environment, ...lease } = await test.lease(version);
    debugging.attachedTo = environment;
    lease[Symbol.dispose]();
    test.clock.advance(milliseconds(60_000));
    assert.deepEqual([...test.pool.environments()], [environment]);
    debugging.attachedTo = undefined;
    test.clock.advance(milliseconds(1000));
    assert.deepEqual([...test.pool.environments()], []);
  });

  test('a debugger that comes before an invocation has an environment started, which the invocation then takes', async () => {
    const debugging = new FakeDebugging();
    await using test = new TestPool({ debugging });
    const version = sampleVersion();
    await test.pool.prepare(version, new AbortController().signal);
    await debugging.wake();
    const [environment] = [...test.pool.environments()];
    using lease = await test.lease(version);
    assert.equal(lease.environment, environment);
  });

  test('an environment that was to be removed stays when a debugger attaches to it', async () => {
    const debugging = new FakeDebugging();
    await using test = new TestPool({ debugging });
    const version = sampleVersion();
    const first = await test.lease(version);
    // The debugger came while the environment had not got that far.
    await debugging.wake();
    debugging.attach[0]?.();
    first[Symbol.dispose]();
    assert.deepEqual([...test.pool.environments()], [first.environment]);
  });

  test('a version that is retired is closed for debuggers', async () => {
    const debugging = new FakeDebugging();
    await using test = new TestPool({ debugging });
    const version = sampleVersion();
    (await test.lease(version))[Symbol.dispose]();
    test.pool.retire(version);
    assert.equal(debugging.closed, 1);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { echo, type RuntimeScript } from '../../test/kit/fake-executor.ts';
import { HeldInvocations } from '../../test/kit/held-invocations.ts';
import { sampleEvent } from '../../test/kit/sample-event.ts';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { TestPool } from '../../test/kit/test-pool.ts';
import { milliseconds } from '../kernel/quantity.ts';

const version = sampleVersion();

const failInit: RuntimeScript = async ({ api }) => {
  await api.failInit('{"errorMessage":"no"}');
};

/** Takes the lease of a provisioned environment and asserts that there is one. */
function take(opened: TestPool) {
  const lease = opened.pool.idle(version, 'provisioned');
  assert.ok(lease !== undefined, 'a provisioned environment waits');
  return lease;
}

test('as many environments as asked for are initialised ahead, and know what they are', async () => {
  await using opened = new TestPool();
  assert.deepEqual(await opened.pool.provision(version, 3), { kind: 'provisioned' });
  assert.equal(opened.executor.alive.length, 3);
  for (const { spec } of opened.executor.processes) {
    assert.equal(spec.variables['AWS_LAMBDA_INITIALIZATION_TYPE'], 'provisioned-concurrency');
  }
  assert.deepEqual(
    Array.from(opened.pool.environments(), ({ state }) => state),
    ['ready', 'ready', 'ready'],
  );
});

test('invocations on demand do not take provisioned environments, nor the other way round', async () => {
  await using opened = new TestPool();
  await opened.pool.provision(version, 1);
  assert.equal(opened.pool.idle(version), undefined);
  using onDemand = await opened.lease(version);
  using provisioned = take(opened);
  assert.notEqual(onDemand.environment, provisioned.environment);
  assert.equal(opened.pool.idle(version, 'provisioned'), undefined, 'one at a time');
});

test('provisioned environments stay however long nobody uses them', async () => {
  await using opened = new TestPool({ keepAlive: 0 });
  await opened.pool.provision(version, 1);
  take(opened)[Symbol.dispose]();
  opened.clock.advance(milliseconds(86_400_000));
  take(opened)[Symbol.dispose]();
  assert.equal(opened.executor.processes.length, 1);
});

test('another number adds to those that are there, or takes away from them', async () => {
  await using opened = new TestPool();
  await opened.pool.provision(version, 1);
  const [first] = opened.executor.processes;
  assert.deepEqual(await opened.pool.provision(version, 3), { kind: 'provisioned' });
  assert.equal(opened.executor.processes.length, 3);
  assert.equal(first?.disposed, false);
  assert.deepEqual(await opened.pool.provision(version, 2), { kind: 'provisioned' });
  await eventually(() => opened.executor.alive.length === 2, 'one is removed');
  assert.deepEqual(await opened.pool.provision(version, 0), { kind: 'provisioned' });
  await eventually(() => opened.executor.alive.length === 0, 'all are removed');
});

test('an environment that runs an invocation may finish it before it is removed', async () => {
  const held = new HeldInvocations();
  await using opened = new TestPool({ script: held.script });
  await opened.pool.provision(version, 1);
  const lease = take(opened);
  const outcome = lease.environment.run(sampleEvent('a'), milliseconds(3000));
  await held.holderOf('a');
  assert.deepEqual(await opened.pool.provision(version, 0), { kind: 'provisioned' });
  assert.equal(opened.executor.alive.length, 1);
  await held.release('a');
  assert.equal((await outcome).kind, 'response');
  lease[Symbol.dispose]();
  await eventually(() => opened.executor.alive.length === 0, 'it is removed');
});

test('a later wish supersedes an earlier one and uses what that has begun', async () => {
  const gates: (() => void)[] = [];
  await using opened = new TestPool({
    script: async (runtime) => {
      await new Promise<void>((open) => gates.push(open));
      await echo(runtime);
    },
  });
  const first = opened.pool.provision(version, 3);
  await eventually(() => gates.length === 3, 'three start');
  const second = opened.pool.provision(version, 2);
  for (const open of gates) open();
  assert.deepEqual(await first, { kind: 'superseded' });
  assert.deepEqual(await second, { kind: 'provisioned' });
  await eventually(() => opened.executor.alive.length === 2, 'the third is removed');
  assert.equal(opened.executor.processes.length, 3);
});

test('when one cannot be initialised none is left', async () => {
  await using opened = new TestPool();
  let started = 0;
  opened.executor.script = (runtime) => {
    started += 1;
    return started === 2 ? failInit(runtime) : echo(runtime);
  };
  assert.deepEqual(await opened.pool.provision(version, 3), { kind: 'failed' });
  await eventually(() => opened.executor.alive.length === 0, 'all are removed');
  assert.equal(opened.pool.idle(version, 'provisioned'), undefined);
});

test('one whose process ends while it waits is replaced at once', async () => {
  await using opened = new TestPool();
  let crash = (): void => {};
  opened.executor.script = async (runtime) => {
    crash = () => runtime.exit({ kind: 'code', code: 1 });
    await echo(runtime);
  };
  await opened.pool.provision(version, 1);
  const [first] = opened.executor.processes;
  crash();
  await eventually(() => opened.executor.processes.length === 2, 'another is started');
  await eventually(() => first?.disposed === true, 'the first is removed');
  await eventually(() => [...opened.pool.environments()].every(({ state }) => state === 'ready'), 'it is ready');
  take(opened)[Symbol.dispose]();
});

test('what cannot be replaced is tried again after a pause that grows', async () => {
  await using opened = new TestPool();
  let crash = (): void => {};
  opened.executor.script = async (runtime) => {
    crash = () => runtime.exit({ kind: 'code', code: 1 });
    await echo(runtime);
  };
  await opened.pool.provision(version, 1);
  opened.executor.script = failInit;
  crash();
  for (const [attempts, pause] of [
    [2, 1000],
    [3, 2000],
    [4, 4000],
  ] as const) {
    await eventually(() => opened.executor.processes.length === attempts, `attempt ${attempts}`);
    await eventually(() => opened.executor.alive.length === 0 && opened.clock.waiting === 1, 'it waits');
    opened.clock.advance(milliseconds(pause - 1));
    assert.equal(opened.executor.processes.length, attempts);
    opened.clock.advance(milliseconds(1));
  }
  await eventually(() => opened.executor.alive.length === 0 && opened.clock.waiting === 1, 'it waits');
  opened.executor.script = echo;
  opened.clock.advance(milliseconds(8000));
  await eventually(() => [...opened.pool.environments()].some(({ state }) => state === 'ready'), 'one is ready');
  take(opened)[Symbol.dispose]();
});

test('a retired version keeps nothing provisioned, also what is only starting', async () => {
  const gates: (() => void)[] = [];
  await using opened = new TestPool({
    concurrentStarts: 1,
    script: async (runtime) => {
      await new Promise<void>((open) => gates.push(open));
      await echo(runtime);
    },
  });
  const provisioned = opened.pool.provision(version, 2);
  await eventually(() => gates.length === 1, 'one starts');
  opened.pool.retire(version);
  gates[0]?.();
  assert.deepEqual(await provisioned, { kind: 'superseded' });
  await eventually(() => opened.executor.alive.length === 0, 'nothing is left');
  await eventually(() => opened.executor.prepared.length === 0, 'it is not prepared any more');
  assert.equal(opened.executor.processes.length, 1);
});

test('the shutdown ends what is starting', async () => {
  const opened = new TestPool({ script: () => new Promise(() => {}) });
  const provisioned = opened.pool.provision(version, 2);
  await eventually(() => opened.executor.processes.length === 2, 'they start');
  await opened[Symbol.asyncDispose]();
  assert.deepEqual(await provisioned, { kind: 'superseded' });
  assert.deepEqual(await opened.pool.provision(sampleVersion(), 1), { kind: 'superseded' });
});

test('an init phase may take longer than one on demand', async () => {
  const gates: (() => void)[] = [];
  await using opened = new TestPool({
    script: async (runtime) => {
      await new Promise<void>((open) => gates.push(open));
      await echo(runtime);
    },
  });
  const provisioned = opened.pool.provision(version, 1);
  await eventually(() => gates.length === 1, 'it starts');
  opened.clock.advance(milliseconds(129_999));
  gates[0]?.();
  assert.deepEqual(await provisioned, { kind: 'provisioned' });
});

test('each tenant has environments of its own', async () => {
  await using opened = new TestPool();
  const lease = async (tenant: string) => {
    const purpose = `tenant ${tenant}` as const;
    const found = opened.pool.idle(version, purpose) ?? (await opened.pool.start(version, purpose));
    assert.ok(found !== undefined);
    return found;
  };
  const blue = await lease('blue');
  blue[Symbol.dispose]();
  const green = await lease('green');
  assert.notEqual(green.environment, blue.environment);
  green[Symbol.dispose]();
  using again = await lease('blue');
  assert.equal(again.environment, blue.environment);
  assert.equal(opened.pool.idle(version), undefined);
  assert.equal(opened.executor.processes.length, 2);
});

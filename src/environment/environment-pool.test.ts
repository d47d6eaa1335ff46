import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { echo } from '../../test/kit/fake-executor.ts';
import { HeldInvocations } from '../../test/kit/held-invocations.ts';
import { generation, sampleVersion } from '../../test/kit/sample-version.ts';
import { TestPool } from '../../test/kit/test-pool.ts';
import { PreparationFailed } from '../executors/executor.ts';
import { milliseconds } from '../kernel/quantity.ts';

const version = sampleVersion();
const signal = new AbortController().signal;

test('invocations that follow one another share one environment, and only the first has an init duration', async () => {
  await using opened = new TestPool();
  const first = await opened.lease(version);
  assert.equal(first.initDuration, 0);
  first[Symbol.dispose]();
  const second = await opened.lease(version);
  assert.equal(second.environment, first.environment);
  assert.equal(second.initDuration, undefined);
  second[Symbol.dispose]();
  assert.equal(opened.executor.processes.length, 1);
});

test('concurrent invocations have an environment each, started in parallel', async () => {
  const held = new HeldInvocations();
  await using opened = new TestPool({ script: held.script });
  const names = ['a', 'b', 'c', 'd'];
  const running = names.map((name) => opened.invoke(version, name));
  const holders = await Promise.all(names.map((name) => held.holderOf(name)));
  assert.equal(new Set(holders).size, 4);
  await Promise.all(names.map((name) => held.release(name)));
  await Promise.all(running);
  assert.equal(opened.executor.alive.length, 4);
});

test('the environment that was used last is used first', async () => {
  const held = new HeldInvocations();
  await using opened = new TestPool({ script: held.script });
  const running = ['a', 'b'].map((name) => opened.invoke(version, name));
  const holders = [await held.holderOf('a'), await held.holderOf('b')];
  for (const [index, name] of ['a', 'b'].entries()) {
    await held.release(name);
    await running[index];
  }
  const next = opened.invoke(version, 'c');
  assert.equal(await held.holderOf('c'), holders[1]);
  await held.release('c');
  await next;
});

test('a lease that is given back twice is given back once', async () => {
  await using opened = new TestPool();
  const lease = await opened.lease(version);
  lease[Symbol.dispose]();
  lease[Symbol.dispose]();
  using one = await opened.lease(version);
  using other = await opened.lease(version);
  assert.notEqual(one.environment, other.environment);
});

test('no more environments than allowed are in their init phase at once', async () => {
  const gates: (() => void)[] = [];
  await using opened = new TestPool({
    concurrentStarts: 2,
    script: async (runtime) => {
      await new Promise<void>((open) => gates.push(open));
      await echo(runtime);
    },
  });
  const running = ['a', 'b', 'c'].map((name) => opened.invoke(version, name));
  await eventually(() => gates.length === 2, 'two start');
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(gates.length, 2);
  gates[0]?.();
  // The third either gets the environment that is free by then, or one of its own.
  await eventually(() => gates.length === 3 || opened.executor.processes.length === 2, 'the third goes on');
  for (let opened2 = 1; opened2 < gates.length; opened2 += 1) gates[opened2]?.();
  await Promise.all(running.slice(0, 2));
  gates[2]?.();
  await running[2];
});

test('an idle environment is removed exactly when its time is over, counted from its last use', async () => {
  await using opened = new TestPool({ keepAlive: 1000 });
  await opened.invoke(version, 'a');
  opened.clock.advance(milliseconds(900));
  await opened.invoke(version, 'b');
  opened.clock.advance(milliseconds(999));
  assert.equal([...opened.pool.environments()].length, 1);
  opened.clock.advance(milliseconds(1));
  assert.equal([...opened.pool.environments()].length, 0);
  await eventually(() => opened.executor.alive.length === 0, 'the process is gone');
  assert.equal(opened.clock.waiting, 0);
  await opened.invoke(version, 'c');
  assert.equal(opened.executor.processes.length, 2);
});

test('an environment that runs is not idle, however long it runs', async () => {
  const held = new HeldInvocations();
  await using opened = new TestPool({ script: held.script, keepAlive: 1000 });
  const patient = sampleVersion({ timeout: 900 as typeof version.timeout });
  const running = opened.invoke(patient, 'a');
  await held.holderOf('a');
  opened.clock.advance(milliseconds(500_000));
  await held.release('a');
  assert.equal((await running).kind, 'response');
  assert.equal([...opened.pool.environments()].length, 1);
});

test('with a keep-alive of 0 each invocation has an environment of its own', async () => {
  await using opened = new TestPool({ keepAlive: 0 });
  for (const name of ['a', 'b', 'c']) assert.equal((await opened.invoke(version, name)).kind, 'response');
  assert.equal(opened.executor.processes.length, 3);
  await eventually(() => opened.executor.alive.length === 0, 'all are gone');
});

test('retiring a version removes what is idle now and what runs when it has finished', async () => {
  const held = new HeldInvocations();
  await using opened = new TestPool({ script: held.script });
  const running = ['a', 'b'].map((name) => opened.invoke(version, name));
  const busy = await held.holderOf('b');
  await held.release('a');
  await running[0];
  opened.pool.retire(version);
  await eventually(() => opened.executor.alive.length === 1, 'the idle one is gone');
  assert.deepEqual(opened.executor.alive, [busy]);
  assert.deepEqual(opened.executor.prepared, ['first']);
  await held.release('b');
  assert.equal((await running[1])?.kind, 'response');
  await eventually(() => opened.executor.prepared.length === 0, 'nothing is kept of the version');
  assert.deepEqual(opened.executor.alive, []);
});

test('retiring a version while it is being prepared, or before anybody knew it, leaves nothing of it', async () => {
  await using opened = new TestPool();
  opened.pool.retire(version);
  const preparing = opened.pool.prepare(version, signal);
  opened.pool.retire(version);
  await preparing;
  await eventually(() => opened.executor.prepared.length === 0, 'it is disposed');
});

test('an invocation that already waits for the preparation outlives the retirement', async () => {
  await using opened = new TestPool();
  const running = opened.invoke(version, 'a');
  opened.pool.retire(version);
  assert.equal((await running).kind, 'response');
  await eventually(() => opened.executor.prepared.length === 0, 'nothing is kept of the version');
});

test('versions do not share environments, and a version is prepared once for all that ask at once', async () => {
  await using opened = new TestPool();
  const second = sampleVersion({ generation: generation('second') });
  await Promise.all([opened.pool.prepare(version, signal), opened.pool.prepare(version, signal)]);
  assert.deepEqual(opened.executor.prepared, ['first']);
  await Promise.all([opened.invoke(version, 'a'), opened.invoke(second, 'b')]);
  assert.equal(opened.executor.processes.length, 2);
});

test('a version that cannot be prepared says so to whoever asks, and is tried again', async () => {
  await using opened = new TestPool();
  opened.executor.prepareFailure = new PreparationFailed('InvalidRuntime', 'no such runtime here');
  await assert.rejects(opened.pool.prepare(version, signal), { name: 'PreparationFailed' });
  await assert.rejects(opened.invoke(version, 'a'), { message: 'no such runtime here' });
  opened.executor.prepareFailure = undefined;
  assert.equal((await opened.invoke(version, 'b')).kind, 'response');
});

test('a process that cannot be started is the outcome of the invocation, and the next one tries again', async () => {
  await using opened = new TestPool();
  opened.executor.startFailure = new Error('no more processes');
  const outcome = await opened.invoke(version, 'a');
  assert.equal(outcome.kind === 'start-failed' && outcome.error.message, 'no more processes');
  opened.executor.startFailure = undefined;
  assert.equal((await opened.invoke(version, 'b')).kind, 'response');
});

test('disposal ends what runs, what starts and what waits to start; afterwards nothing starts', async () => {
  const held = new HeldInvocations();
  const opened = new TestPool({ script: held.script, concurrentStarts: 1 });
  const running = opened.invoke(version, 'a');
  await held.holderOf('a');
  opened.executor.script = () => new Promise<void>(() => {});
  const starting = opened.pool.start(version);
  await eventually(() => opened.executor.processes.length === 2, 'the second starts');
  const waiting = opened.pool.start(version);
  await opened[Symbol.asyncDispose]();
  assert.equal((await running).kind, 'stopped');
  (await starting)?.[Symbol.dispose]();
  assert.equal(await waiting, undefined);
  assert.equal(await opened.pool.start(version), undefined);
  assert.equal(opened.pool.idle(version), undefined);
  assert.equal(opened.executor.processes.length, 2);
  await opened[Symbol.asyncDispose]();
});

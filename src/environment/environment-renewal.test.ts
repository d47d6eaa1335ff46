import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { echo, type RuntimeScript } from '../../test/kit/fake-executor.ts';
import { HeldInvocations } from '../../test/kit/held-invocations.ts';
import { TestEnvironment } from '../../test/kit/test-environment.ts';
import { milliseconds } from '../kernel/quantity.ts';

const never: RuntimeScript = () => new Promise(() => {});

const restarts = (it: TestEnvironment): number => it.process.calls.filter((call) => call === 'restart').length;

test('an idle environment takes a new process at once', async () => {
  await using it = await TestEnvironment.start(echo);
  await it.reaches('ready');
  it.environment.renew();
  assert.equal(it.environment.state, 'restarting');
  assert.equal((await it.run('a')).kind, 'response');
  assert.equal(restarts(it), 1);
});

test('a frozen environment is thawed for it', async () => {
  await using it = await TestEnvironment.start(echo, milliseconds(20));
  await it.reaches('ready');
  it.clock.advance(milliseconds(20));
  assert.equal(it.environment.state, 'frozen');
  it.environment.renew();
  await it.reaches('ready');
  assert.equal(it.process.frozen, false);
  assert.equal(restarts(it), 1);
});

test('a run ends on the code that it began with, and only then a new process comes', async () => {
  const held = new HeldInvocations();
  await using it = await TestEnvironment.start(held.script);
  await it.reaches('ready');
  const run = it.run('a');
  await held.holderOf('a');
  it.environment.renew();
  it.environment.renew();
  assert.equal(restarts(it), 0);
  await held.release('a');
  assert.equal((await run).kind, 'response');
  await eventually(() => restarts(it) === 1, 'the process is restarted');
  await it.reaches('ready');
  assert.equal(restarts(it), 1);
});

test('an event that comes before the process is replaced waits for the new one', async () => {
  const held = new HeldInvocations();
  await using it = await TestEnvironment.start(held.script);
  await it.reaches('ready');
  const first = it.run('a');
  await held.holderOf('a');
  it.environment.renew();
  await held.release('a');
  await first;
  it.executor.script = echo;
  assert.equal((await it.run('b')).kind, 'response');
  assert.equal(restarts(it), 1);
});

test('an init phase that it cuts short ends as the new one does, for an invocation that waits too', async () => {
  await using it = await TestEnvironment.start(never);
  await it.reaches('initialising');
  const { booted } = it.environment;
  const run = it.run('a');
  it.executor.script = echo;
  it.environment.renew();
  assert.deepEqual(await booted, { kind: 'ready' });
  assert.equal((await run).kind, 'response');
  assert.equal(restarts(it), 1);
});

test('an init phase that an invocation has repeated may be cut short as well', async () => {
  await using it = await TestEnvironment.start(async () => {});
  await it.reaches('failed');
  it.executor.script = never;
  const run = it.run('a');
  await it.reaches('initialising');
  it.executor.script = echo;
  it.environment.renew();
  assert.equal((await run).kind, 'response');
});

test('code that cannot be loaded fails the environment, and the next change heals it', async () => {
  await using it = await TestEnvironment.start(echo);
  await it.reaches('ready');
  it.executor.script = async () => {};
  it.environment.renew();
  await it.reaches('failed');
  it.executor.script = echo;
  it.environment.renew();
  await it.reaches('ready');
  assert.equal((await it.run('a')).kind, 'response');
  assert.equal(restarts(it), 2);
});

test('a change while the process is being launched brings one more', async () => {
  await using it = await TestEnvironment.start(echo);
  assert.equal(it.environment.state, 'starting');
  it.environment.renew();
  await eventually(() => it.executor.processes.length === 1 && restarts(it) === 1, 'the process is restarted');
  await it.reaches('ready');
  assert.equal((await it.run('a')).kind, 'response');
});

test('after the end there is nothing to renew', async () => {
  const it = await TestEnvironment.start(echo);
  await it.reaches('ready');
  await it[Symbol.asyncDispose]();
  it.environment.renew();
  assert.equal(it.environment.state, 'stopped');
});

test('a change in the moment in which a new process is ready does not lose the event that waits for it', async () => {
  await using it = await TestEnvironment.start(echo);
  const run = it.run('a');
  it.environment.renew();
  assert.equal((await run).kind, 'response');
  assert.equal(restarts(it), 1);
});

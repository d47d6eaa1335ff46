import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { echo, type FakeRuntime, type RuntimeScript } from '../../test/kit/fake-executor.ts';
import { TestEnvironment } from '../../test/kit/test-environment.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { RunOutcome } from './environment-outcome.ts';

const { timeout } = TestEnvironment;
const never = new Promise<void>(() => {});

/** A process that does nothing until it is killed. */
const hang: RuntimeScript = () => never;

const textOf = (outcome: RunOutcome): string =>
  outcome.kind === 'response' || outcome.kind === 'error' ? outcome.payload.toString() : outcome.kind;

/** A script that does something else in each process that is started. */
function inTurn(...scripts: RuntimeScript[]): RuntimeScript {
  let started = 0;
  return (runtime) => {
    const script = scripts[Math.min(started, scripts.length - 1)] ?? hang;
    started += 1;
    return script(runtime);
  };
}

const exitWith =
  (code: number): RuntimeScript =>
  async (runtime) =>
    runtime.exit({ kind: 'code', code });

test('a warm environment answers one invocation after the other from one process', async () => {
  await using opened = await TestEnvironment.start(echo);
  const { environment } = opened;
  assert.deepEqual(await environment.booted, { kind: 'ready' });
  for (const name of ['a', 'b', 'c']) assert.equal(textOf(await opened.run(name)), `{"id":"${name}"}`);
  assert.deepEqual(opened.process.calls, []);
  assert.equal(opened.executor.processes.length, 1);
  assert.equal(environment.usage.invocations, 3);
  assert.equal(environment.maxMemory, 40 * 1024 * 1024);
  assert.deepEqual(opened.process.spec.variables, { GREETING: 'hi' });
});

test('an error of the handler is an outcome, and the process lives on', async () => {
  await using opened = await TestEnvironment.start(async ({ api }) => {
    for (;;) {
      const { requestId } = await api.next();
      await api.fail(requestId, '{"errorMessage":"no"}', 'Error');
    }
  });
  await opened.environment.booted;
  assert.deepEqual(await opened.run('a'), {
    kind: 'error',
    payload: Buffer.from('{"errorMessage":"no"}'),
    errorType: 'Error',
  });
  assert.equal((await opened.run('b')).kind, 'error');
  assert.deepEqual(opened.process.calls, []);
});

test('a time-out ends exactly at the limit, restarts the process and keeps the environment', async () => {
  const stuck: RuntimeScript = async ({ api }) => {
    await api.next();
    await never;
  };
  await using opened = await TestEnvironment.start(inTurn(stuck, echo));
  await opened.environment.booted;
  const running = opened.run('slow');
  await eventually(() => opened.environment.state === 'busy', 'it runs');
  opened.clock.advance(milliseconds(2999));
  assert.equal(opened.environment.state, 'busy');
  opened.clock.advance(milliseconds(1));
  assert.deepEqual(await running, { kind: 'timed-out' });
  assert.equal(textOf(await opened.run('next')), '{"id":"next"}');
  assert.deepEqual(opened.process.calls, ['restart']);
  assert.equal(opened.executor.processes.length, 1);
});

test('a process that exits during the run is an outcome with its exit, and the next run has a new process', async () => {
  const crash: RuntimeScript = async (runtime) => {
    await runtime.api.next();
    runtime.exit({ kind: 'signal', signal: 'SIGSEGV', oom: false });
  };
  await using opened = await TestEnvironment.start(inTurn(crash, echo));
  await opened.environment.booted;
  assert.deepEqual(await opened.run('a'), {
    kind: 'exited',
    exit: { kind: 'signal', signal: 'SIGSEGV', oom: false },
  });
  assert.equal(textOf(await opened.run('b')), '{"id":"b"}');
});

test('a process that exits right after its answer has answered, and the next event goes to a new process', async () => {
  const once: RuntimeScript = async (runtime) => {
    const { requestId } = await runtime.api.next();
    await runtime.api.respond(requestId, '"last words"');
    runtime.exit({ kind: 'code', code: 1 });
  };
  await using opened = await TestEnvironment.start(inTurn(once, echo));
  await opened.environment.booted;
  assert.equal(textOf(await opened.run('a')), '"last words"');
  // Given at once: the environment does not know yet that the process is going.
  assert.equal(textOf(await opened.run('b')), '{"id":"b"}');
  assert.deepEqual(opened.process.calls, ['restart']);
});

test('an event that a dying process never asked for goes to the next one', async () => {
  const gone: RuntimeScript = async (runtime) => {
    const asked = runtime.api.next();
    asked.catch(() => {});
    await eventually(() => waits(runtime), 'the runtime waits');
    // Its connection ends before its process does.
    runtime.api[Symbol.dispose]();
    await released.promise;
    runtime.exit({ kind: 'code', code: 3 });
  };
  const released = Promise.withResolvers<void>();
  await using opened = await TestEnvironment.start(inTurn(gone, echo));
  const waits = (_runtime: FakeRuntime): boolean => opened.environment.state === 'ready';
  await opened.environment.booted;
  // Until the end of the connection has been seen, nobody can know: give it its turns of the event loop.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  const running = opened.run('a');
  released.resolve();
  assert.equal(textOf(await running), '{"id":"a"}');
});

test('a process that exits while idle is replaced at the next invocation, not before', async () => {
  let leave: () => void = () => {};
  const leaving: RuntimeScript = async (runtime) => {
    const asked = runtime.api.next();
    asked.catch(() => {});
    await new Promise<void>((resolve) => {
      leave = resolve;
    });
    runtime.exit({ kind: 'code', code: 0 });
  };
  await using opened = await TestEnvironment.start(inTurn(leaving, echo));
  await opened.reaches('ready');
  leave();
  await opened.reaches('failed');
  assert.deepEqual(opened.process.calls, []);
  assert.equal(textOf(await opened.run('a')), '{"id":"a"}');
});

test('an idle environment is frozen after its delay and thawed before the next event', async () => {
  await using opened = await TestEnvironment.start(echo, milliseconds(20));
  await opened.reaches('ready');
  opened.clock.advance(milliseconds(19));
  assert.equal(opened.environment.state, 'ready');
  opened.clock.advance(milliseconds(1));
  assert.equal(opened.environment.state, 'frozen');
  assert.equal(opened.process.frozen, true);
  const running = opened.run('a');
  assert.equal(opened.process.frozen, false);
  assert.equal(textOf(await running), '{"id":"a"}');
  assert.deepEqual(opened.process.calls, ['freeze', 'thaw']);
});

test('an environment whose runtime has not asked again is not frozen', async () => {
  const answered = Promise.withResolvers<void>();
  await using opened = await TestEnvironment.start(async ({ api }) => {
    const { requestId } = await api.next();
    await api.respond(requestId, 'null');
    await answered.promise;
    await api.next();
  }, milliseconds(20));
  await opened.reaches('ready');
  await opened.run('a');
  opened.clock.advance(milliseconds(1000));
  assert.equal(opened.environment.state, 'ready');
  answered.resolve();
  await eventually(() => opened.clock.waiting === 1, 'it asks again');
  opened.clock.advance(milliseconds(20));
  assert.equal(opened.environment.state, 'frozen');
});

test('a process that dies while it is frozen is replaced at the next invocation', async () => {
  let runtime: FakeRuntime | undefined;
  const first: RuntimeScript = async (own) => {
    runtime = own;
    await own.api.next();
  };
  await using opened = await TestEnvironment.start(inTurn(first, echo), milliseconds(20));
  await opened.reaches('ready');
  opened.clock.advance(milliseconds(20));
  assert.equal(opened.environment.state, 'frozen');
  runtime?.exit({ kind: 'signal', signal: 'SIGKILL', oom: true });
  await opened.reaches('failed');
  assert.equal(textOf(await opened.run('a')), '{"id":"a"}');
});

test('an init error is kept for the first invocation, which repeats the init phase once', async () => {
  let attempts = 0;
  await using opened = await TestEnvironment.start(async (runtime) => {
    attempts += 1;
    await runtime.api.failInit(`{"attempt":${attempts}}`, 'Runtime.ImportModuleError');
    runtime.exit({ kind: 'code', code: 1 });
  });
  assert.equal((await opened.environment.booted).kind, 'init-error');
  assert.equal(opened.environment.state, 'failed');
  assert.deepEqual(await opened.run('a'), {
    kind: 'init-error',
    payload: Buffer.from('{"attempt":2}'),
    errorType: 'Runtime.ImportModuleError',
  });
  assert.equal(attempts, 2);
});

test('a process that exits in its init phase is repeated once, and its exit is the outcome', async () => {
  await using opened = await TestEnvironment.start(inTurn(exitWith(7), exitWith(8), echo));
  assert.deepEqual(await opened.environment.booted, { kind: 'exited', exit: { kind: 'code', code: 7 } });
  assert.deepEqual(await opened.run('a'), { kind: 'exited', exit: { kind: 'code', code: 8 } });
  assert.equal(textOf(await opened.run('b')), '{"id":"b"}');
});

test('the init phase ends at its limit; the runtime is asked to stop and the first invocation repeats it', async () => {
  await using opened = await TestEnvironment.start(inTurn(hang, echo));
  await opened.reaches('initialising');
  opened.clock.advance(milliseconds(9999));
  assert.equal(opened.environment.state, 'initialising');
  opened.clock.advance(milliseconds(1));
  assert.deepEqual(await opened.environment.booted, { kind: 'timed-out' });
  assert.deepEqual(opened.process.calls, ['terminate']);
  assert.equal(textOf(await opened.run('a')), '{"id":"a"}');
});

test("a repeated init phase has the function's time-out, not the limit of the first", async () => {
  const release = Promise.withResolvers<void>();
  const slowStart: RuntimeScript = async (runtime) => {
    await release.promise;
    await echo(runtime);
  };
  await using opened = await TestEnvironment.start(inTurn(exitWith(1), slowStart));
  await opened.environment.booted;
  const running = opened.run('a', milliseconds(60_000));
  await opened.reaches('initialising');
  opened.clock.advance(milliseconds(50_000));
  release.resolve();
  assert.equal(textOf(await running), '{"id":"a"}');
});

test('the time of a repeated init phase is taken from the invocation', async () => {
  const stuck: RuntimeScript = async ({ api }) => {
    await api.next();
    await never;
  };
  await using opened = await TestEnvironment.start(inTurn(exitWith(1), stuck));
  await opened.environment.booted;
  const running = opened.run('a');
  await opened.reaches('initialising');
  opened.clock.advance(milliseconds(0));
  await opened.reaches('busy');
  opened.clock.advance(timeout);
  assert.deepEqual(await running, { kind: 'timed-out' });
});

test('a repeated init phase that outlasts the time-out ends the invocation, and the process', async () => {
  await using opened = await TestEnvironment.start(inTurn(exitWith(1), hang, echo));
  await opened.environment.booted;
  const running = opened.run('a');
  await opened.reaches('initialising');
  opened.clock.advance(timeout);
  assert.deepEqual(await running, { kind: 'timed-out' });
  assert.equal(textOf(await opened.run('b')), '{"id":"b"}');
});

test('an init phase that began in the background and ran into its own limit is repeated by the invocation', async () => {
  const crash: RuntimeScript = async (runtime) => {
    await runtime.api.next();
    runtime.exit({ kind: 'code', code: 1 });
  };
  await using opened = await TestEnvironment.start(inTurn(crash, hang, echo));
  await opened.environment.booted;
  await opened.run('a');
  await opened.reaches('initialising');
  opened.clock.advance(milliseconds(8000));
  const running = opened.run('b');
  opened.clock.advance(milliseconds(2000));
  assert.equal(textOf(await running), '{"id":"b"}');
});

test('a process that cannot be started is an outcome, and tried again with each invocation', async () => {
  await using opened = await TestEnvironment.start(echo);
  await opened.environment.booted;
  // The restart of a process is what fails here: make it crash first.
  opened.process.restart = () => Promise.reject(new Error('no more processes'));
  await opened.process[Symbol.asyncDispose]();
  await opened.reaches('failed');
  const outcome = await opened.run('a');
  assert.equal(outcome.kind, 'start-failed');
  assert.equal(outcome.kind === 'start-failed' && outcome.error.message, 'no more processes');
  assert.equal((await opened.run('b')).kind, 'start-failed');
});

test('a stranger that answers, or an answer too many, does not disturb the run', async () => {
  const statuses: number[] = [];
  await using opened = await TestEnvironment.start(async ({ api }) => {
    for (;;) {
      const { requestId, payload } = await api.next();
      statuses.push((await api.respond('somebody-else', '"stranger"')).status);
      statuses.push((await api.respond(requestId, payload)).status);
      statuses.push((await api.respond(requestId, '"again"')).status);
    }
  });
  await opened.environment.booted;
  assert.equal(textOf(await opened.run('a')), '{"id":"a"}');
  assert.equal(textOf(await opened.run('b')), '{"id":"b"}');
  assert.deepEqual(statuses.slice(0, 3), [400, 202, 400]);
});

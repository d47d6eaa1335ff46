import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestEnvironment } from '../../test/kit/test-environment.ts';
import { milliseconds } from '../kernel/quantity.ts';

const restored = { status: 200 };

test('an environment whose snapshot is taken is ready when the runtime asks to be restored, which it never is', async () => {
  let answered = false;
  await using test = await TestEnvironment.start(
    async ({ api }) => {
      await api.send('GET', 'restore/next');
      answered = true;
    },
    undefined,
    'taken',
  );
  assert.deepEqual(await test.environment.booted, { kind: 'ready' });
  assert.equal(answered, false);
});

test('an environment that begins from one is restored at once, and ready when its hooks have run', async () => {
  const hooks = Promise.withResolvers<void>();
  await using test = await TestEnvironment.start(
    async ({ api }) => {
      assert.equal((await api.send('GET', 'restore/next')).status, restored.status);
      test.clock.advance(milliseconds(700));
      hooks.resolve();
      const { requestId } = await api.next();
      await api.respond(requestId, '"done"');
      await api.next();
    },
    undefined,
    'restored',
  );
  await hooks.promise;
  assert.deepEqual(await test.environment.booted, { kind: 'ready' });
  assert.equal(test.environment.restoreDuration, 700);
  assert.equal((await test.run('a')).kind, 'response');
});

test('hooks have ten seconds; whoever waits hears of it once, and the next invocation begins anew', async () => {
  let starts = 0;
  const asked = Promise.withResolvers<void>();
  await using test = await TestEnvironment.start(
    async ({ api, terminated }) => {
      starts += 1;
      await api.send('GET', 'restore/next');
      if (starts === 1) {
        asked.resolve();
        await terminated;
        return;
      }
      const { requestId } = await api.next();
      await api.respond(requestId, '"done"');
      await api.next();
    },
    undefined,
    'restored',
  );
  await asked.promise;
  test.clock.advance(milliseconds(10_000));
  assert.deepEqual(await test.environment.booted, { kind: 'restore-timed-out' });
  assert.deepEqual(await test.run('a'), { kind: 'restore-timed-out' });
  assert.equal((await test.run('b')).kind, 'response');
});

test('a hook that fails is told once for each attempt', async () => {
  await using test = await TestEnvironment.start(
    async ({ api }) => {
      await api.send('GET', 'restore/next');
      const headers = { 'Lambda-Runtime-Function-Error-Type': 'Runtime.AfterRestoreError' };
      assert.equal((await api.send('POST', 'restore/error', '{}', headers)).status, 202);
    },
    undefined,
    'restored',
  );
  const failure = { kind: 'restore-error', errorType: 'Runtime.AfterRestoreError' };
  assert.deepEqual(await test.environment.booted, failure);
  assert.deepEqual(await test.run('a'), failure);
  assert.deepEqual(await test.run('b'), failure);
});

test('a runtime that knows nothing of snapshots is ready at its first question', async () => {
  await using test = await TestEnvironment.start(({ api }) => api.next().then(() => {}), undefined, 'restored');
  assert.deepEqual(await test.environment.booted, { kind: 'ready' });
  assert.equal(test.environment.restoreDuration, 0);
});

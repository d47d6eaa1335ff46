import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { echo } from '../../test/kit/fake-executor.ts';
import { sampleVersion } from '../../test/kit/sample-version.ts';
import { TestPool } from '../../test/kit/test-pool.ts';
import { milliseconds } from '../kernel/quantity.ts';

const version = sampleVersion();

test('an environment that waits is removed at once, one that runs when it is given back', async () => {
  await using pool = new TestPool({ script: echo });
  const idle = await pool.lease(version);
  const running = await pool.lease(version);
  idle[Symbol.dispose]();
  pool.pool.evictAll(version);
  assert.deepEqual([...pool.pool.environments()], [running.environment]);
  assert.equal(pool.pool.idle(version), undefined);
  running[Symbol.dispose]();
  assert.deepEqual([...pool.pool.environments()], []);
});

test('a provisioned environment that is evicted is replaced', async () => {
  await using pool = new TestPool({ script: echo });
  assert.deepEqual(await pool.pool.provision(version, 1), { kind: 'provisioned' });
  const [first] = pool.pool.environments();
  pool.pool.evictAll(version);
  const other = (): boolean => {
    const now = [...pool.pool.environments()];
    return now.length === 1 && now[0] !== first && now[0]?.state === 'ready';
  };
  await eventually(other, 'another one is ready');
  await pool.pool.provision(version, 0);
});

test('what an evicted environment runs fails as if its process had been killed', async () => {
  await using pool = new TestPool({
    script: async ({ api }) => {
      await api.next();
      await new Promise(() => {});
    },
  });
  const running = pool.invoke(version, 'a');
  await eventually(() => [...pool.pool.environments()][0]?.state === 'busy', 'it runs');
  for (const environment of pool.pool.environments()) pool.pool.evict(environment, true);
  assert.partialDeepStrictEqual(await running, { kind: 'exited', exit: { kind: 'signal', signal: 'SIGKILL' } });
  assert.deepEqual([...pool.pool.environments()], []);
});

test('an init phase is over so much later than it is, and its limit counts that', async () => {
  await using pool = new TestPool({ script: echo, initDelay: 500 });
  const starting = pool.lease(version);
  await eventually(() => pool.clock.waiting > 2, 'the runtime asked for an event');
  pool.clock.advance(milliseconds(499));
  assert.equal([...pool.pool.environments()][0]?.state, 'initialising');
  pool.clock.advance(milliseconds(1));
  const lease = await starting;
  assert.equal(lease.initDuration, 500);
  lease[Symbol.dispose]();

  await using slow = new TestPool({ script: echo, initDelay: 20_000 });
  const late = slow.lease(version);
  await eventually(() => slow.clock.waiting > 2, 'the runtime asked for an event');
  slow.clock.advance(milliseconds(10_000));
  const given = await late;
  assert.deepEqual(await given.environment.booted, { kind: 'timed-out' });
  given[Symbol.dispose]();
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Semaphore } from './semaphore.ts';

test('no more than the permitted number are in, and those who wait enter in the order in which they came', async () => {
  const semaphore = new Semaphore(2);
  const entered: number[] = [];
  const permits: Disposable[] = [];
  const all = [0, 1, 2, 3, 4].map(async (guest) => {
    permits.push(await semaphore.enter());
    entered.push(guest);
  });
  await Promise.all(all.slice(0, 2));
  assert.deepEqual(entered, [0, 1]);
  for (const next of [2, 3, 4]) {
    permits.shift()?.[Symbol.dispose]();
    await all[next];
    assert.deepEqual(
      entered,
      Array.from({ length: next + 1 }, (_, guest) => guest),
    );
  }
});

test('giving a permit back twice lets only one in', async () => {
  const semaphore = new Semaphore(1);
  const first = await semaphore.enter();
  const waiting = [semaphore.enter(), semaphore.enter()];
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  const second = await waiting[0];
  let third = false;
  const last = waiting[1]?.then(() => {
    third = true;
  });
  await Promise.resolve();
  assert.equal(third, false);
  second?.[Symbol.dispose]();
  await last;
});

test('whatever the order of leaving, the bound holds and everybody gets in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(5), { maxLength: 20 }), async (permits, stays) => {
      const semaphore = new Semaphore(permits);
      let inside = 0;
      let most = 0;
      await Promise.all(
        stays.map(async (turns) => {
          using _permit = await semaphore.enter();
          inside += 1;
          most = Math.max(most, inside);
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          inside -= 1;
        }),
      );
      assert.equal(inside, 0);
      assert.ok(most <= permits);
    }),
  );
});

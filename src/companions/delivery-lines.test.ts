import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { milliseconds } from '../kernel/quantity.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { DeliveryLines, Undeliverable } from './delivery-lines.ts';

const second = milliseconds(1000);

test('deliveries of a key follow each other, those of others do not wait', async () => {
  await using lines = new DeliveryLines(new VirtualClock());
  const ended: string[] = [];
  const first = Promise.withResolvers<void>();
  lines.add('a', async () => {
    await first.promise;
    ended.push('a1');
  });
  lines.add('a', async () => void ended.push('a2'));
  lines.add('b', async () => void ended.push('b1'));
  lines.run(async () => void ended.push('unordered'));
  await eventually(() => ended.length === 2, 'those of others end');
  assert.deepEqual(ended.toSorted(), ['b1', 'unordered']);
  first.resolve();
  await eventually(() => ended.length === 4, 'and those of the key');
  assert.deepEqual(ended.slice(2), ['a1', 'a2']);
});

test('an attempt is repeated after each delay, and its last failure is told', async () => {
  const clock = new VirtualClock();
  await using lines = new DeliveryLines(clock);
  let attempts = 0;
  const failing = async (): Promise<void> => {
    attempts += 1;
    throw new Error(`attempt ${attempts}`);
  };
  const failed = lines.attempt(failing, (count) => (count < 3 ? second : undefined));
  for (const count of [1, 2]) {
    await eventually(() => attempts === count && clock.waiting === 1, 'it waits');
    clock.advance(second);
  }
  assert.deepEqual(await failed, { error: new Error('attempt 3'), attempts: 3 });
  const again = await lines.attempt(
    async () => {},
    () => milliseconds(0),
    undefined,
  );
  assert.equal(again, undefined, 'a success is no failure');
});

test('what no attempt can mend is told at once', async () => {
  await using lines = new DeliveryLines(new VirtualClock());
  const error = new Undeliverable('never');
  assert.deepEqual(
    await lines.attempt(
      () => Promise.reject(error),
      () => second,
    ),
    { error, attempts: 1 },
  );
});

test('at the end waiting attempts are given up, and what has not begun never begins', async () => {
  const clock = new VirtualClock();
  const lines = new DeliveryLines(clock);
  let began = false;
  lines.add('a', async () => {
    const failed = await lines.attempt(
      () => Promise.reject(new Error('busy')),
      () => second,
    );
    assert.equal(failed, undefined, 'given up is not failed');
  });
  lines.add('a', async () => {
    began = true;
  });
  await eventually(() => clock.waiting === 1, 'it waits');
  await lines[Symbol.asyncDispose]();
  lines.run(async () => {
    began = true;
  });
  assert.deepEqual([began, clock.waiting], [false, 0]);
});

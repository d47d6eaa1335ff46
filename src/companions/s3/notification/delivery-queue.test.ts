import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../../../test/kit/eventually.ts';
import { silentLogger } from '../../../kernel/logger.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import { DeliveryQueue } from './delivery-queue.ts';

test('deliveries of one key follow each other, those of another do not wait for them', async () => {
  await using queue = new DeliveryQueue({ clock: new VirtualClock(), logger: silentLogger });
  const held = Promise.withResolvers<void>();
  const done: string[] = [];
  const add = (key: string, name: string, until: Promise<void> = Promise.resolve()) =>
    queue.add({ key, destination: 'd', run: () => until.then(() => void done.push(name)) });
  add('a', 'a1', held.promise);
  add('a', 'a2');
  add('b', 'b1');
  await eventually(() => done.length === 1, 'what waits for nothing is delivered');
  held.resolve();
  await eventually(() => done.length === 3, 'the others are delivered');
  assert.deepEqual(done, ['b1', 'a1', 'a2']);
});

test('what fails is tried again after a pause, and in the end told of', async () => {
  const clock = new VirtualClock();
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  await using queue = new DeliveryQueue({ clock, logger });
  let attempts = 0;
  const run = async (): Promise<void> => {
    attempts += 1;
    throw new Error('busy');
  };
  queue.add({ key: 'k', destination: 'd', run });
  for (const [count, pause] of [200, 1000, 3000].entries()) {
    await eventually(() => attempts === count + 1 && clock.waiting === 1, 'it waits');
    clock.advance(milliseconds(pause));
  }
  await eventually(() => warnings.length === 1, 'it is given up');
  assert.equal(attempts, 4);
});

test('at the end nothing is waited for', async () => {
  const clock = new VirtualClock();
  const queue = new DeliveryQueue({ clock, logger: silentLogger });
  queue.add({ key: 'k', destination: 'd', run: () => Promise.reject(new Error('busy')) });
  await eventually(() => clock.waiting === 1, 'it waits');
  await queue[Symbol.asyncDispose]();
  assert.equal(clock.waiting, 0);
  queue.add({ key: 'k', destination: 'd', run: () => assert.fail('too late') });
});

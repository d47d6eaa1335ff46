import assert from 'node:assert/strict';
import { test } from 'node:test';
import { milliseconds } from '../kernel/quantity.ts';
import { systemRandom } from '../kernel/random.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { TraceSampler } from './trace-sampler.ts';

test('the first invocation of a function in a second is traced, and a share of the others', () => {
  const clock = new VirtualClock();
  let fraction = 0.05;
  const sampler = new TraceSampler({ clock, random: { ...systemRandom, fraction: () => fraction }, share: 0.05 });
  assert.deepEqual([sampler.samples('a'), sampler.samples('a'), sampler.samples('b')], [true, false, true]);
  fraction = 0.049;
  assert.equal(sampler.samples('a'), true);
  fraction = 0.5;
  clock.advance(milliseconds(1000));
  assert.deepEqual([sampler.samples('a'), sampler.samples('a')], [true, false]);
});

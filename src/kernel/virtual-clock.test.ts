import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { milliseconds } from './quantity.ts';
import { VirtualClock } from './virtual-clock.ts';

test('timers run when they fall due, in the order of their time and not of their making', () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.timer(milliseconds(20), () => ran.push('late'));
  clock.timer(milliseconds(10), () => ran.push('early'));
  clock.timer(milliseconds(20), () => ran.push('late, made after'));
  clock.advance(milliseconds(19));
  assert.deepEqual(ran, ['early']);
  clock.advance(milliseconds(1));
  assert.deepEqual(ran, ['early', 'late', 'late, made after']);
  assert.equal(clock.waiting, 0);
});

test('a timer sees the time at which it was due', () => {
  const clock = new VirtualClock(milliseconds(1000));
  const seen: number[] = [];
  clock.timer(milliseconds(5), () => {
    seen.push(clock.now());
    clock.timer(milliseconds(5), () => seen.push(clock.now()));
  });
  clock.advance(milliseconds(100));
  assert.deepEqual(seen, [1005, 1010]);
  assert.equal(clock.now(), 1100);
});

test('restarting a timer counts the full delay again, also after it has run, but not after its disposal', () => {
  const clock = new VirtualClock();
  let runs = 0;
  const timer = clock.timer(milliseconds(10), () => {
    runs += 1;
  });
  clock.advance(milliseconds(9));
  timer.restart();
  clock.advance(milliseconds(9));
  assert.equal(runs, 0);
  clock.advance(milliseconds(1));
  assert.equal(runs, 1);
  timer.restart();
  clock.advance(milliseconds(10));
  assert.equal(runs, 2);
  timer[Symbol.dispose]();
  timer.restart();
  clock.advance(milliseconds(10));
  assert.equal(runs, 2);
  assert.equal(clock.waiting, 0);
});

test('a sleep ends after its delay, or with the reason of the signal, and leaves no timer', async () => {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const slept = clock.sleep(milliseconds(10), controller.signal);
  clock.advance(milliseconds(10));
  await slept;
  const interrupted = clock.sleep(milliseconds(10), controller.signal);
  controller.abort(new Error('enough'));
  await assert.rejects(interrupted, { message: 'enough' });
  await assert.rejects(clock.sleep(milliseconds(10), controller.signal), { message: 'enough' });
  assert.equal(clock.waiting, 0);
});

test('however time is cut into steps, the same timers run in the same order', () => {
  const delays = fc.array(fc.nat(50), { maxLength: 20 });
  const steps = fc.array(fc.nat(30), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(delays, steps, (wanted, cuts) => {
      const run = (advances: readonly number[]): number[] => {
        const clock = new VirtualClock();
        const order: number[] = [];
        wanted.forEach((delay, index) => clock.timer(milliseconds(delay), () => order.push(index)));
        for (const by of advances) clock.advance(milliseconds(by));
        return order;
      };
      assert.deepEqual(run(cuts), run([cuts.reduce((sum, cut) => sum + cut, 0)]));
    }),
  );
});

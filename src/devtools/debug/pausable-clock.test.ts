import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Milliseconds, milliseconds } from '../../kernel/quantity.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { PausableClock } from './pausable-clock.ts';

function setUp() {
  const base = new VirtualClock();
  return { base, clock: new PausableClock(base) };
}

test('a timer waits on for what was left when the clock goes on', () => {
  const { base, clock } = setUp();
  let runs = 0;
  clock.timer(milliseconds(1000), () => (runs += 1));
  base.advance(milliseconds(600));
  clock.pause();
  base.advance(milliseconds(60_000));
  clock.resume();
  base.advance(milliseconds(399));
  assert.equal(runs, 0);
  base.advance(milliseconds(1));
  assert.equal(runs, 1);
});

test('monotonic time leaves out the pauses, the time of day does not', () => {
  const { base, clock } = setUp();
  const began = clock.monotonic();
  base.advance(milliseconds(10));
  clock.pause();
  clock.pause();
  base.advance(milliseconds(100));
  assert.equal(clock.monotonic() - began, 10);
  clock.resume();
  clock.resume();
  base.advance(milliseconds(5));
  assert.equal(clock.monotonic() - began, 15);
  assert.equal(clock.now(), base.now());
});

test('a disposed timer neither runs nor starts again, and leaves nothing', () => {
  const { base, clock } = setUp();
  const timer = clock.timer(milliseconds(10), () => assert.fail('it ran'));
  clock.pause();
  timer[Symbol.dispose]();
  timer.restart();
  clock.resume();
  base.advance(milliseconds(100));
  assert.equal(base.waiting, 0);
});

type Step = { readonly kind: 'advance'; readonly by: number } | { readonly kind: 'pause' | 'resume' | 'restart' };

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('advance' as const), by: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'restart' as const) }),
  ),
  { maxLength: 60 },
);

test('however it is paused and restarted, a timer runs when its own time has passed', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 100 }), (all: readonly Step[], delay) => {
      const { base, clock } = setUp();
      const ran: Milliseconds[] = [];
      const timer = clock.timer(milliseconds(delay), () => ran.push(clock.monotonic()));
      const expected: number[] = [];
      let due: number | undefined = clock.monotonic() + delay;
      for (const step of all) {
        if (step.kind === 'advance') base.advance(milliseconds(step.by));
        else if (step.kind === 'restart') timer.restart();
        else clock[step.kind]();
        if (due !== undefined && clock.monotonic() >= due) {
          expected.push(due);
          due = undefined;
        }
        if (step.kind === 'restart') due = clock.monotonic() + delay;
      }
      assert.deepEqual(ran, expected);
      timer[Symbol.dispose]();
      assert.equal(base.waiting, 0);
    }),
  );
});

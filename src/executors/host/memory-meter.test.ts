import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { bytes, milliseconds } from '../../kernel/quantity.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { MemoryMeter } from './memory-meter.ts';
import { MemoryWatch } from './memory-watch.ts';

const onLinux = { skip: process.platform !== 'linux' && 'needs /proc' };

test(
  'the meter reads the peak of a living process, keeps it after the end, and follows the next',
  onLinux,
  async () => {
    using meter = new MemoryMeter();
    assert.equal(meter.peak(), 0);
    meter.follow(() => process.pid);
    const own = meter.peak();
    assert.ok(own > 20_000_000 && own < 2_000_000_000, `${own}`);
    const child = spawn('sleep', ['1000']);
    meter.follow(() => child.pid);
    meter.peak();
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(meter.peak(), own);
  },
);

test('the meter waits for a process that is not known yet', onLinux, () => {
  using meter = new MemoryMeter();
  const known: { pid?: number } = {};
  meter.follow(() => known.pid);
  assert.equal(meter.peak(), 0);
  known.pid = process.pid;
  assert.ok(meter.peak() > 0);
});

test('the watch ends a process once when it is too large, and not while it is frozen', () => {
  const clock = new VirtualClock();
  using meter = new MemoryMeter();
  let exceeded = 0;
  const watch = new MemoryWatch({ clock, meter, limit: bytes(100), onExceeded: () => exceeded++ });
  watch.start();
  watch.start();
  meter.raise(100);
  clock.advance(milliseconds(1000));
  assert.equal(exceeded, 0);
  watch[Symbol.dispose]();
  meter.raise(101);
  clock.advance(milliseconds(1000));
  assert.equal(exceeded, 0);
  watch.start();
  clock.advance(milliseconds(1000));
  assert.equal(exceeded, 1);
  assert.equal(clock.waiting, 0);
});

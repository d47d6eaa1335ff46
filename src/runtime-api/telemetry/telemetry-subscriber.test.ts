import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { eventually } from '../../../test/kit/eventually.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import type { TelemetryDestination } from './telemetry-destination.ts';
import { TelemetrySubscriber } from './telemetry-subscriber.ts';

interface Sent {
  readonly records: readonly { type: string; record: unknown }[];
  readonly accept: () => void;
  readonly refuse: () => void;
}

/** Takes each batch when the test says so. */
class SlowDestination implements TelemetryDestination {
  readonly sent: Sent[] = [];

  send(records: readonly string[], signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const refuse = (): void => reject(new Error('refused'));
    signal.addEventListener('abort', refuse, { once: true });
    this.sent.push({ records: records.map((record) => JSON.parse(record) as never), accept: resolve, refuse });
    return promise;
  }

  [Symbol.dispose](): void {}
}

function open(buffering = {}) {
  const clock = new VirtualClock();
  const destination = new SlowDestination();
  const subscriber = new TelemetrySubscriber(
    {
      api: 'telemetry',
      schemaVersion: '2022-07-01',
      types: ['function'],
      destination: { protocol: 'TCP', port: 1 },
      buffering: { timeoutMs: 100, maxBytes: 262_144, maxItems: 1000, ...buffering },
    },
    destination,
    clock,
  );
  return {
    clock,
    subscriber,
    sent: destination.sent,
    line: (record: string) => subscriber.add({ time: clock.now(), type: 'function', record }),
    lines: () => destination.sent.map(({ records }) => records.map(({ record }) => record)),
    [Symbol.dispose]() {
      subscriber[Symbol.dispose]();
      assert.equal(clock.waiting, 0, 'no timer is left');
    },
  };
}

test('events are sent together when the time of their batch is over', () => {
  using opened = open();
  opened.line('a');
  opened.clock.advance(milliseconds(99));
  opened.line('b');
  assert.deepEqual(opened.lines(), []);
  opened.clock.advance(milliseconds(1));
  assert.deepEqual(opened.lines(), [['a', 'b']]);
});

test('a full batch is sent at once', () => {
  using opened = open();
  for (let n = 0; n < 1000; n += 1) opened.line(String(n));
  assert.equal(opened.sent[0]?.records.length, 1000);
});

test('what the subscriber did not take is sent again, after a pause that grows', async () => {
  using opened = open();
  opened.line('a');
  opened.clock.advance(milliseconds(100));
  for (const pause of [50, 100, 200]) {
    const tries = opened.sent.length;
    opened.sent.at(-1)?.refuse();
    await turn();
    opened.clock.advance(milliseconds(pause - 1));
    assert.equal(opened.sent.length, tries);
    opened.clock.advance(milliseconds(1));
    await eventually(() => opened.sent.length === tries + 1, 'it tries again');
  }
  assert.deepEqual(opened.lines().at(-1), ['a']);
});

test('a subscriber that does not answer is given up after five seconds, and tried again', async () => {
  using opened = open();
  opened.line('a');
  opened.clock.advance(milliseconds(100));
  opened.clock.advance(milliseconds(5000));
  await turn();
  opened.clock.advance(milliseconds(50));
  await eventually(() => opened.sent.length === 2, 'it tries again');
});

test('what does not fit while the subscriber is slow is dropped and counted', async () => {
  using opened = open();
  opened.line('a');
  opened.clock.advance(milliseconds(100));
  for (let n = 0; n < 1003; n += 1) opened.line('x');
  opened.sent[0]?.accept();
  await eventually(() => opened.sent.length === 2, 'the next batch is sent');
  opened.sent[1]?.accept();
  const flushed = opened.subscriber.flush();
  await eventually(() => opened.sent.length === 3, 'the loss is told');
  opened.sent[2]?.accept();
  await flushed;
  const [dropped] = opened.sent[2]?.records ?? [];
  assert.equal(dropped?.type, 'platform.logsDropped');
  assert.equal((dropped.record as { droppedRecords: number }).droppedRecords, 3);
});

test('a flush sends what waits, and ends when it was taken', async () => {
  using opened = open();
  opened.line('a');
  const flushed = opened.subscriber.flush();
  assert.deepEqual(opened.lines(), [['a']]);
  opened.sent[0]?.accept();
  await flushed;
  await opened.subscriber.flush();
});

test('nothing is sent while the environment stands still, and nobody is late then', async () => {
  using opened = open();
  opened.line('a');
  opened.subscriber.pause();
  opened.clock.advance(milliseconds(60_000));
  assert.deepEqual(opened.lines(), []);
  opened.subscriber.resume();
  assert.deepEqual(opened.lines(), [['a']]);
  opened.subscriber.pause();
  opened.clock.advance(milliseconds(60_000));
  opened.subscriber.resume();
  opened.sent[0]?.accept();
  await opened.subscriber.flush();
  assert.equal(opened.sent.length, 1);
});

test('the end of the environment ends a flush that nobody takes', async () => {
  const opened = open();
  opened.line('a');
  const flushed = opened.subscriber.flush();
  opened[Symbol.dispose]();
  await flushed;
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { LogStore } from './log-store.ts';

const scope = scopeOf(accountId('000000000000'), region('us-east-1'));

function open() {
  const clock = new VirtualClock();
  const store = new LogStore(clock);
  const events = (group: string, stream: string): readonly string[] => {
    const found = store.find(scope, group);
    const target = found?.streams.get(stream);
    return found && target ? store.events(found, target).map(({ message }) => message) : [];
  };
  return { clock, store, events };
}

test('a function that floods keeps its newest events, and those of others stay', () => {
  const { clock, store, events } = open();
  store.write(scope, 'quiet', 's', clock.now(), 'here');
  for (let at = 0; at < 5000; at += 1) store.write(scope, 'loud', 's', clock.now(), `${at} ${'x'.repeat(1000)}`);
  const kept = events('loud', 's');
  assert.ok(kept.length > 300 && kept.length < 1100, `${kept.length} are kept`);
  assert.ok(kept.at(-1)?.startsWith('4999 '));
  assert.deepEqual(events('quiet', 's'), ['here']);
});

test('what is put is kept up to a limit over all groups', () => {
  const { clock, store } = open();
  for (const name of ['a', 'b', 'c']) {
    const group = store.createGroup(scope, name);
    const stream = store.createStream(group, 's');
    for (let at = 0; at < 100; at += 1) store.append(group, stream, clock.now(), 'x'.repeat(100_000));
  }
  const sizes = store.groups(scope).map(({ streams }) => streams.get('s')?.size ?? 0);
  assert.ok(sizes.every((size) => size > 0));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 16 * 1024 * 1024);
});

test('events stand in the order of their times, and retention lets the oldest go', () => {
  const { clock, store, events } = open();
  const group = store.createGroup(scope, 'g');
  const stream = store.createStream(group, 's');
  const now = clock.now();
  const day = 24 * 60 * 60 * 1000;
  for (const [age, message] of [
    [0, 'now'],
    [2 * day, 'older'],
    [day / 2, 'between'],
  ] as const) {
    store.append(group, stream, now - age, message);
  }
  assert.deepEqual(events('g', 's'), ['older', 'between', 'now']);
  group.retentionInDays = 1;
  assert.deepEqual(events('g', 's'), ['between', 'now']);
  clock.advance(milliseconds(2 * day));
  assert.deepEqual(events('g', 's'), []);
});

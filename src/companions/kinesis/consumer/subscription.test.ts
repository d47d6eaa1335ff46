import assert from 'node:assert/strict';
import { test } from 'node:test';
import { milliseconds } from '../../../kernel/quantity.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import { lastHashKey } from '../shard/hash-key.ts';
import { Shard, type ShardRead } from '../shard/shard.ts';
import { Subscription } from './subscription.ts';

function start() {
  const clock = new VirtualClock();
  const gone = new AbortController();
  const now = clock.now();
  const shard = new Shard({ index: 0, range: { start: 0n, end: lastHashKey }, generation: now, opened: now });
  const put = (text: string) =>
    void shard.append({ partitionKey: 'k', data: Buffer.from(text), isEncrypted: false }, clock.now());
  const position = shard.trimHorizon;
  const subscription = new Subscription({ clock, shard, position, trimHorizon: () => 0, signal: gone.signal });
  const reads = subscription.reads();
  const next = async (): Promise<readonly string[] | 'over'> => {
    const { value, done } = await reads.next();
    return done === true ? 'over' : textsOf(value);
  };
  return { clock, shard, put, subscription, next, gone, reads };
}

const textsOf = ({ records }: ShardRead): readonly string[] => records.map(({ data }) => data.toString());

test('records that are there come at once, later ones as soon as they are put', async () => {
  const { put, next, subscription, clock } = start();
  put('one');
  put('two');
  assert.deepEqual(await next(), ['one', 'two']);
  const waiting = next();
  put('three');
  assert.deepEqual(await waiting, ['three']);
  subscription.end('deleted');
  assert.equal(await next(), 'over');
  assert.equal(clock.waiting, 0);
});

test('what is put while the client takes its time is not lost', async () => {
  const { put, next } = start();
  assert.deepEqual(await next(), []);
  for (const text of ['one', 'two', 'three']) {
    put(text);
    assert.deepEqual(await next(), [text]);
  }
});

test('a silent shard is heard of every five seconds, for five minutes', async () => {
  const { clock, next } = start();
  assert.deepEqual(await next(), []);
  for (let beat = 0; beat < 59; beat += 1) {
    const waiting = next();
    clock.advance(milliseconds(5000));
    assert.deepEqual(await waiting, []);
  }
  const waiting = next();
  clock.advance(milliseconds(5000));
  assert.equal(await waiting, 'over');
  assert.equal(clock.waiting, 0);
});

test('a shard that is closed ends it, after its last records', async () => {
  const { clock, shard, put, reads } = start();
  await reads.next();
  const waiting = reads.next();
  put('last');
  shard.close(clock.now());
  const { value } = await waiting;
  assert.ok(value !== undefined && value.isEnd);
  assert.deepEqual(textsOf(value), ['last']);
  assert.equal((await reads.next()).done, true);
});

test('it is over when the client is gone, or another one has the shard', async () => {
  for (const end of ['abort', 'taken-over'] as const) {
    const { clock, next, gone, subscription } = start();
    await next();
    const waiting = next();
    if (end === 'abort') gone.abort();
    else subscription.end(end);
    assert.equal(await waiting, 'over');
    assert.equal(clock.waiting, 0);
  }
});

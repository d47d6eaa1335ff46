import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountId, region, scopeOf } from '../../../aws/scope.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import { hashKeyOf, lastHashKey, uniformRanges } from '../shard/hash-key.ts';
import type { StreamRecord } from '../shard/record-log.ts';
import type { Shard } from '../shard/shard.ts';
import { DataStream } from './data-stream.ts';

const hour = 60 * 60 * 1000;

function streamOf(shardCount: number, clock = new VirtualClock()) {
  const scope = scopeOf(accountId('000000000000'), region('us-east-1'));
  const stream = new DataStream(
    { scope, name: 's', arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/s', shardCount, clock },
    {
      mode: 'PROVISIONED',
      retentionHours: 24,
      maxRecordKiB: 1024,
      keyId: undefined,
      shardMetrics: [],
      warmThroughput: undefined,
      distribution: 'USER_PARTITION_KEY',
    },
  );
  const put = (partitionKey: string, text: string) =>
    stream.put(hashKeyOf(partitionKey), { partitionKey, data: Buffer.from(text) });
  return { clock, stream, put };
}

/** The open shards cover every hash key once. */
function assertCovered(stream: DataStream): void {
  const ranges = stream.openShards.map(({ origin }) => origin.range);
  assert.equal(ranges[0]?.start, 0n);
  assert.equal(ranges.at(-1)?.end, lastHashKey);
  for (const [at, { start }] of ranges.entries()) if (at > 0) assert.equal(start, (ranges[at - 1]?.end ?? 0n) + 1n);
}

/** Reads a shard's rest only when all of its parents were read to their end, a few records at a time. */
class Follower {
  readonly read: StreamRecord[] = [];
  readonly #stream: DataStream;
  readonly #positions = new Map<string, bigint>();
  readonly #finished = new Set<string>();

  constructor(stream: DataStream) {
    this.#stream = stream;
  }

  /** @returns whether there was anything to read */
  turn(limit: number): boolean {
    let found = false;
    for (const shard of this.#stream.shards) {
      if (this.#finished.has(shard.id) || !this.#mayRead(shard)) continue;
      const position = this.#positions.get(shard.id) ?? shard.trimHorizon;
      const { records, next, isEnd } = shard.read(position, limit, Number.MAX_SAFE_INTEGER, 0);
      this.read.push(...records);
      this.#positions.set(shard.id, next);
      if (isEnd) this.#finished.add(shard.id);
      found ||= records.length > 0 || isEnd;
    }
    return found;
  }

  #mayRead({ origin: { parentId, adjacentParentId } }: Shard): boolean {
    return [parentId, adjacentParentId].every((id) => id === undefined || this.#finished.has(id));
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), key: fc.nat(8) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('split' as const),
      at: fc.nat(99),
      part: fc.integer({ min: 1, max: 99 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), at: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('scale' as const), to: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('read' as const), limit: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), time: fc.nat(5) }) },
);

test('who reads parents before children reads every record once, those of each key in the order of their puts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 120 }), (shardCount, steps) => {
      const { clock, stream, put } = streamOf(shardCount);
      const follower = new Follower(stream);
      const sent: { key: string; text: string; sequence: bigint }[] = [];
      for (const each of steps) {
        const open = stream.openShards;
        switch (each.kind) {
          case 'put': {
            const [key, text] = [`key-${each.key}`, String(sent.length)];
            sent.push({ key, text, sequence: put(key, text).record.sequence });
            break;
          }
          case 'split': {
            const shard = open[each.at % open.length] as Shard;
            const { start, end } = shard.origin.range;
            const upper = start + ((end - start) * BigInt(each.part)) / 100n;
            if (upper > start) stream.split(shard, upper);
            break;
          }
          case 'merge': {
            const at = each.at % open.length;
            const [shard, adjacent] = [open[at], open[at + 1]];
            if (shard !== undefined && adjacent !== undefined) stream.merge(shard, adjacent);
            break;
          }
          case 'scale':
            stream.scale(each.to);
            assert.deepEqual(
              stream.openShards.map(({ origin }) => origin.range),
              uniformRanges(each.to),
            );
            break;
          case 'read':
            follower.turn(each.limit);
            break;
          default:
            clock.advance(milliseconds(each.time));
        }
        assertCovered(stream);
      }
      while (follower.turn(3));
      const texts = (key: string) =>
        follower.read.filter(({ partitionKey }) => partitionKey === key).map(({ data }) => data.toString());
      assert.equal(follower.read.length, sent.length);
      for (const key of new Set(sent.map((each) => each.key))) {
        const ofKey = sent.filter((each) => each.key === key);
        assert.deepEqual(
          texts(key),
          ofKey.map(({ text }) => text),
        );
        // So that a checkpoint of a key never goes backwards, also from parent to child.
        for (const [at, { sequence }] of ofKey.entries())
          if (at > 0) assert.ok(sequence > (ofKey[at - 1]?.sequence ?? 0n));
      }
    }),
    { numRuns: 300 },
  );
});

test('a reader begins where its position says, and comes back by its checkpoint', () => {
  const waits = fc.array(fc.nat(5), { maxLength: 30 });
  fc.assert(
    fc.property(waits, fc.nat(40), fc.nat(150), (gaps, index, time) => {
      const { clock, stream, put } = streamOf(1);
      const begin = clock.now();
      const sent = gaps.map((gap) => {
        clock.advance(milliseconds(gap));
        return put('k', 'x').record;
      });
      const shard = stream.openShards[0] as Shard;
      const rest = (position: bigint) => shard.read(position, 1000, 1e9, clock.now()).records;
      assert.deepEqual(rest(shard.trimHorizon), sent);
      assert.deepEqual(rest(shard.tip), []);
      assert.deepEqual(
        rest(shard.positionAt(begin + time)),
        sent.filter(({ arrival }) => arrival >= begin + time),
      );
      const chosen = sent[index % Math.max(1, sent.length)];
      if (chosen !== undefined) {
        const at = sent.indexOf(chosen);
        assert.deepEqual(rest(chosen.sequence), sent.slice(at));
        assert.deepEqual(rest(chosen.sequence + 1n), sent.slice(at + 1));
      }
      for (const position of [
        shard.trimHorizon,
        shard.tip,
        ...sent.flatMap(({ sequence }) => [sequence, sequence + 1n]),
      ]) {
        const checkpoint = shard.own(String(shard.checkpoint(position)));
        assert.equal(checkpoint.kind, 'own');
        if (checkpoint.kind === 'own') assert.deepEqual(rest(checkpoint.number + 1n), rest(position));
      }
    }),
  );
});

test('a closed shard is there as long as its last records are', () => {
  const { clock, stream, put } = streamOf(1);
  const [parent] = stream.openShards;
  put('a', 'x');
  clock.advance(milliseconds(hour));
  stream.scale(2);
  clock.advance(milliseconds(24 * hour));
  assert.deepEqual(
    stream.shards.map(({ id }) => id),
    ['shardId-000000000000', 'shardId-000000000001', 'shardId-000000000002'],
  );
  clock.advance(milliseconds(1));
  assert.deepEqual(
    stream.shards.map(({ id }) => id),
    ['shardId-000000000001', 'shardId-000000000002'],
  );
  assert.equal(stream.shard('shardId-000000000000'), undefined);
  assert.equal(stream.shard('shardId-000000000001')?.origin.parentId, parent?.id);
});

test('records go when their time is over, those of a longer retention later', () => {
  const { clock, stream, put } = streamOf(1);
  const [shard] = stream.openShards;
  const rest = () => {
    shard?.trim(stream.trimHorizon);
    return shard?.read(shard.trimHorizon, 10, 1e9, clock.now()).records.map(({ data }) => data.toString());
  };
  put('a', 'one');
  clock.advance(milliseconds(23 * hour));
  put('a', 'two');
  stream.settings.retentionHours = 48;
  clock.advance(milliseconds(24 * hour));
  assert.deepEqual(rest(), ['one', 'two']);
  clock.advance(milliseconds(2 * hour));
  assert.deepEqual(rest(), ['two']);
});

test('a number of another shard, another stream or the future is known for what it is', () => {
  const { clock, stream, put } = streamOf(2);
  const [one, other] = stream.openShards as [Shard, Shard];
  const number = String(one.start);
  assert.equal(one.own(number).kind, 'own');
  assert.deepEqual(other.own(number), { kind: 'other-shard', shardId: one.id });
  clock.advance(milliseconds(5));
  const later = streamOf(1, clock).stream.openShards[0] as Shard;
  assert.equal(later.own(number).kind, 'foreign');
  const ahead = [put('a', 'x'), put('b', 'x'), put('c', 'x')].find(({ shard }) => shard === one)?.record.sequence ?? 0n;
  const earlier = streamOf(2, new VirtualClock()).stream.openShards[0] as Shard;
  assert.equal(earlier.own(String(ahead)).kind, 'foreign');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestId } from '../../../aws/call.ts';
import { accountId, region, scopeOf } from '../../../aws/scope.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { settling } from '../stream/life-cycle.ts';
import { StreamStore } from '../stream/stream-store.ts';
import { getRecords } from './get-records.ts';
import { getShardIterator } from './get-shard-iterator.ts';
import { putRecord } from './put-records.ts';
import { createStream } from './streams.ts';

const call: CompanionCall = {
  scope: scopeOf(accountId('000000000000'), region('us-east-1')),
  requestId: 'request-1' as RequestId,
  signal: new AbortController().signal,
  traceHeader: undefined,
  origin: 'http://localhost',
  accessKeyId: undefined,
  isInProcess: false,
};
const StreamName = 's';

async function start() {
  const clock = new VirtualClock();
  const store = new StreamStore(clock);
  const created = createStream(store)({ StreamName, ShardCount: 1 }, call);
  clock.advance(settling);
  await created;
  const iterator = async (): Promise<string> => {
    const input = { StreamName, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const;
    return (await getShardIterator(store)(input, call)).ShardIterator ?? '';
  };
  const put = (text: string) =>
    putRecord(store, systemRandom)({ StreamName, PartitionKey: 'k', Data: Buffer.from(text) }, call);
  const read = async (ShardIterator: string, Limit?: number) => {
    const { Records, MillisBehindLatest } = await getRecords(store)({ ShardIterator, Limit }, call);
    return [Records.map(({ Data }) => Buffer.from(Data).toString()), MillisBehindLatest];
  };
  return { clock, iterator, put, read };
}

test('an iterator is good for five minutes', async () => {
  const { clock, iterator, read } = await start();
  const old = await iterator();
  clock.advance(milliseconds(300_000));
  assert.deepEqual(await read(old), [[], 0]);
  clock.advance(milliseconds(1000));
  await assert.rejects(read(old), {
    code: 'ExpiredIteratorException',
    message:
      'Iterator expired. The iterator was created at time Thu Jan 01 00:00:00 UTC 2026 while right now it is ' +
      'Thu Jan 01 00:05:01 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.',
  });
});

test('a reader is told how far it is behind, and a day later finds nothing', async () => {
  const { clock, iterator, put, read } = await start();
  await put('one');
  clock.advance(milliseconds(1000));
  await put('two');
  clock.advance(milliseconds(500));
  assert.deepEqual(await read(await iterator(), 1), [['one'], 1500]);
  assert.deepEqual(await read(await iterator()), [['one', 'two'], 0]);
  clock.advance(milliseconds(24 * 60 * 60 * 1000 - 1000));
  assert.deepEqual(await read(await iterator()), [['two'], 0]);
});

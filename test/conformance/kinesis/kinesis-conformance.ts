/** What holds for every Kinesis that a poller may be pointed at; each test has streams of its own. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  type Shard,
  type ShardIteratorType,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { eventuallyAnswered } from '../../kit/eventually.ts';

export interface KinesisFixture extends AsyncDisposable {
  readonly client: KinesisClient;
}

/** Reads a shard until it ends or until there is nothing more for now. */
export async function readShard(
  client: KinesisClient,
  start: {
    StreamName: string;
    ShardId: string;
    ShardIteratorType: ShardIteratorType;
    StartingSequenceNumber?: string;
    Timestamp?: Date;
  },
) {
  const texts: string[] = [];
  let { ShardIterator } = await client.send(new GetShardIteratorCommand(start));
  while (ShardIterator !== undefined) {
    const {
      Records = [],
      NextShardIterator,
      ChildShards = [],
    } = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
    texts.push(...Records.map(({ Data = [] }) => Buffer.from(Data).toString()));
    if (NextShardIterator === undefined || NextShardIterator === null)
      return { texts, ended: true, children: ChildShards.map(({ ShardId }) => ShardId) };
    if (Records.length === 0) break;
    ShardIterator = NextShardIterator;
  }
  return { texts, ended: false, children: [] };
}

export async function activeStream(
  client: KinesisClient,
  StreamName: string,
  ShardCount: number,
): Promise<readonly Shard[]> {
  await client.send(new CreateStreamCommand({ StreamName, ShardCount }));
  await untilActive(client, StreamName);
  return (await client.send(new ListShardsCommand({ StreamName }))).Shards ?? [];
}

const untilActive = (client: KinesisClient, StreamName: string): Promise<void> =>
  eventuallyAnswered(async () => {
    const { StreamDescriptionSummary } = await client.send(new DescribeStreamSummaryCommand({ StreamName }));
    return StreamDescriptionSummary?.StreamStatus === 'ACTIVE';
  }, `${StreamName} is active`);

export function kinesisConformance(name: string, start: () => Promise<KinesisFixture>): void {
  suite(`Kinesis as ${name}`, () => {
    let fixture: KinesisFixture;
    before(async () => {
      fixture = await start();
    });
    after(() => fixture[Symbol.asyncDispose]());

    test('the shards of a new stream share the hash keys', async () => {
      const shards = await activeStream(fixture.client, 'ranges', 3);
      assert.deepEqual(
        shards.map(({ ShardId }) => ShardId),
        ['shardId-000000000000', 'shardId-000000000001', 'shardId-000000000002'],
      );
      assert.equal(shards[0]?.HashKeyRange?.StartingHashKey, '0');
      assert.equal(shards[2]?.HashKeyRange?.EndingHashKey, String(2n ** 128n - 1n));
    });

    test('records of one key are in one shard, in the order of their sequence numbers', async () => {
      const { client } = fixture;
      const StreamName = 'order';
      await activeStream(client, StreamName, 2);
      const numbers: bigint[] = [];
      const shards = new Set<string>();
      for (const text of ['one', 'two', 'three']) {
        const put = await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from(text) }));
        shards.add(put.ShardId ?? '');
        numbers.push(BigInt(put.SequenceNumber ?? 0));
      }
      assert.equal(shards.size, 1);
      assert.ok((numbers[0] ?? 0n) < (numbers[1] ?? 0n) && (numbers[1] ?? 0n) < (numbers[2] ?? 0n));
      const [ShardId = ''] = shards;
      const read = await readShard(client, { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
      assert.deepEqual(read.texts, ['one', 'two', 'three']);
    });

    test('an iterator of each type begins where it should', async () => {
      const { client } = fixture;
      const StreamName = 'iterators';
      const [shard] = await activeStream(client, StreamName, 1);
      const at = { StreamName, ShardId: shard?.ShardId ?? '' };
      const records = ['one', 'two', 'three'].map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) }));
      const put = await client.send(new PutRecordsCommand({ StreamName, Records: records }));
      assert.equal(put.FailedRecordCount, 0);
      const StartingSequenceNumber = put.Records?.[1]?.SequenceNumber ?? '';
      const read = async (ShardIteratorType: ShardIteratorType, more: object = {}) =>
        (await readShard(client, { ...at, ShardIteratorType, ...more })).texts;
      assert.deepEqual(await read('AT_SEQUENCE_NUMBER', { StartingSequenceNumber }), ['two', 'three']);
      assert.deepEqual(await read('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber }), ['three']);
      assert.deepEqual(await read('LATEST'), []);
      assert.deepEqual(await read('AT_TIMESTAMP', { Timestamp: new Date(1_700_000_000_000) }), ['one', 'two', 'three']);
    });

    test('a shard that was split ends and names its children', async () => {
      const { client } = fixture;
      const StreamName = 'split';
      await activeStream(client, StreamName, 1);
      await client.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.from('before') }));
      const ShardId = 'shardId-000000000000';
      await client.send(
        new SplitShardCommand({ StreamName, ShardToSplit: ShardId, NewStartingHashKey: String(2n ** 127n) }),
      );
      await untilActive(client, StreamName);
      const read = await readShard(client, { StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
      const children = ['shardId-000000000001', 'shardId-000000000002'];
      assert.deepEqual(read, { texts: ['before'], ended: true, children });
      const { Shards = [] } = await client.send(new ListShardsCommand({ StreamName }));
      assert.deepEqual(
        Shards.map((shard) => shard.ParentShardId),
        [undefined, ShardId, ShardId],
      );
      assert.ok(Shards[0]?.SequenceNumberRange?.EndingSequenceNumber);
    });

    test('a stream that is not there is refused by name', async () => {
      await assert.rejects(fixture.client.send(new DescribeStreamSummaryCommand({ StreamName: 'nobody' })), {
        name: 'ResourceNotFoundException',
      });
    });
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as kinesis from '@aws-sdk/client-kinesis';
import { cbor, tag } from '@smithy/core/cbor';
import { kinesisClient } from '../kit/kinesis-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

async function start() {
  const daemon = await TestDaemon.start();
  const client = kinesisClient(daemon.endpoint);
  return {
    daemon,
    client,
    put: (StreamName: string, PartitionKey: string, text: string) =>
      client.send(new kinesis.PutRecordCommand({ StreamName, PartitionKey, Data: Buffer.from(text) })),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await daemon[Symbol.asyncDispose]();
    },
  };
}

const refusal = (name: string, message: string) => ({ name, message });
const StreamName = 's';
const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
const ShardId = 'shardId-000000000000';

test("the SDK's waiters find a new stream at their first look, and a deleted one gone", async () => {
  await using started = await start();
  const { client } = started;
  await client.send(new kinesis.CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await kinesis.waitUntilStreamExists({ client, maxWaitTime: 20 }, { StreamName });
  const limits = await client.send(new kinesis.DescribeLimitsCommand({}));
  assert.deepEqual([limits.OpenShardCount, limits.ShardLimit], [1, 20_000]);
  await client.send(new kinesis.DeleteStreamCommand({ StreamARN }));
  await kinesis.waitUntilStreamNotExists({ client, maxWaitTime: 20 }, { StreamName });
  assert.deepEqual((await client.send(new kinesis.ListStreamsCommand({}))).StreamNames, []);
});

test('a subscription has what is there, what comes, and the children at the end of its shard', async () => {
  await using started = await start();
  const { client, put } = started;
  await client.send(new kinesis.CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const { Consumer } = await client.send(new kinesis.RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'c' }));
  const ConsumerARN = Consumer?.ConsumerARN;
  await put(StreamName, 'k', 'one');
  const subscribe = new kinesis.SubscribeToShardCommand({
    ConsumerARN,
    ShardId,
    StartingPosition: { Type: 'TRIM_HORIZON' },
  });
  const { EventStream } = await client.send(subscribe);
  await assert.rejects(
    client.send(subscribe),
    refusal(
      'ResourceInUseException',
      'Another active subscription exists for this consumer: 000000000000:s:shardId-000000000000:c',
    ),
  );
  const texts: string[] = [];
  for await (const { SubscribeToShardEvent: event } of EventStream ?? []) {
    texts.push(...(event?.Records ?? []).map(({ Data = [] }) => Buffer.from(Data).toString()));
    if (texts.length === 1) await put(StreamName, 'k', 'two');
    if (texts.length === 2 && event?.ContinuationSequenceNumber !== undefined) {
      await client.send(
        new kinesis.UpdateShardCountCommand({ StreamARN, TargetShardCount: 2, ScalingType: 'UNIFORM_SCALING' }),
      );
    }
    if (event?.ChildShards !== undefined) {
      assert.equal(event.ContinuationSequenceNumber, undefined);
      assert.deepEqual(
        event.ChildShards.map((child) => child.ParentShards),
        [[ShardId], [ShardId]],
      );
    }
  }
  assert.deepEqual(texts, ['one', 'two']);
});

test('deleting a stream ends its subscriptions with an error that says so', async () => {
  await using started = await start();
  const { client } = started;
  await client.send(new kinesis.CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const { Consumer } = await client.send(new kinesis.RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'c' }));
  const { EventStream } = await client.send(
    new kinesis.SubscribeToShardCommand({
      ConsumerARN: Consumer?.ConsumerARN,
      ShardId,
      StartingPosition: { Type: 'LATEST' },
    }),
  );
  await assert.rejects(client.send(new kinesis.DeleteStreamCommand({ StreamName })), {
    name: 'ResourceInUseException',
  });
  await assert.rejects(
    async () => {
      for await (const event of EventStream ?? []) {
        assert.deepEqual(event.SubscribeToShardEvent?.Records, []);
        await client.send(new kinesis.DeleteStreamCommand({ StreamName, EnforceConsumerDeletion: true }));
      }
    },
    { name: 'ResourceNotFoundException' },
  );
});

test('shards are listed page by page and by filter', async () => {
  await using started = await start();
  const { client } = started;
  await client.send(new kinesis.CreateStreamCommand({ StreamName, ShardCount: 4 }));
  await client.send(
    new kinesis.MergeShardsCommand({ StreamName, ShardToMerge: ShardId, AdjacentShardToMerge: 'shardId-000000000001' }),
  );
  const first = await client.send(new kinesis.ListShardsCommand({ StreamARN, MaxResults: 3 }));
  const second = await client.send(new kinesis.ListShardsCommand({ NextToken: first.NextToken }));
  assert.deepEqual(
    [...(first.Shards ?? []), ...(second.Shards ?? [])].map((shard) => shard.ShardId?.slice(-1)),
    ['0', '1', '2', '3', '4'],
  );
  const merged = second.Shards?.at(-1);
  assert.deepEqual([merged?.ParentShardId, merged?.AdjacentParentShardId], [ShardId, 'shardId-000000000001']);
  const open = await client.send(new kinesis.ListShardsCommand({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }));
  assert.deepEqual(
    open.Shards?.map((shard) => shard.ShardId?.slice(-1)),
    ['2', '3', '4'],
  );
  await assert.rejects(
    client.send(new kinesis.ListShardsCommand({ NextToken: first.NextToken, StreamName })),
    refusal('InvalidArgumentException', 'NextToken and StreamName cannot be provided together.'),
  );
  for (const text of [
    '',
    'after:',
    'after:null',
    'after:{}',
    'after:{"stream":"s","created":1,"after":"x","issued":1}',
  ]) {
    const NextToken = Buffer.from(text).toString('base64') || 'x';
    await assert.rejects(
      client.send(new kinesis.ListShardsCommand({ NextToken })),
      refusal('InvalidArgumentException', 'NextToken is invalid.'),
    );
  }
});

test('what is wrong is refused in the words of the service', async () => {
  await using started = await start();
  const { client, put } = started;
  await client.send(new kinesis.CreateStreamCommand({ StreamName, ShardCount: 2 }));
  const rejects = (attempt: Promise<unknown>, name: string, message: string) =>
    assert.rejects(attempt, refusal(name, message));
  await rejects(
    client.send(new kinesis.CreateStreamCommand({ StreamName, ShardCount: 1 })),
    'ResourceInUseException',
    'Stream s under account 000000000000 already exists.',
  );
  await rejects(
    client.send(new kinesis.DescribeStreamCommand({ StreamName: 'x' })),
    'ResourceNotFoundException',
    'Stream x under account 000000000000 not found.',
  );
  await rejects(
    client.send(new kinesis.CreateStreamCommand({ StreamName: 'a b', ShardCount: 1 })),
    'ValidationException',
    "1 validation error detected: Value 'a b' at 'streamName' failed to satisfy constraint: " +
      'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+',
  );
  const iterator = (more: Partial<kinesis.GetShardIteratorCommandInput>) =>
    client.send(
      new kinesis.GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'AT_SEQUENCE_NUMBER', ...more }),
    );
  await rejects(
    iterator({ ShardId: 'shardId-000000000009' }),
    'ResourceNotFoundException',
    'Shard shardId-000000000009 in stream s under account 000000000000 does not exist',
  );
  await rejects(
    iterator({ StartingSequenceNumber: '5' }),
    'InvalidArgumentException',
    'StartingSequenceNumber 5 used in GetShardIterator on shard shardId-000000000000 in stream s under account ' +
      '000000000000 is invalid because it did not come from this stream.',
  );
  // Of "b" the hash key is in the upper half: 0x92eb5ffee6ae2fec3ad71c777531578f.
  const { SequenceNumber } = await put(StreamName, 'b', 'x');
  await rejects(
    iterator({ StartingSequenceNumber: SequenceNumber }),
    'InvalidArgumentException',
    'Invalid StartingSequenceNumber. It encodes shardId-000000000001, while it was used in a call to a shard with shardId-000000000000',
  );
  await rejects(
    client.send(new kinesis.GetRecordsCommand({ ShardIterator: 'AAAA' })),
    'InvalidArgumentException',
    'Invalid ShardIterator.',
  );
  await rejects(
    client.send(
      new kinesis.UpdateShardCountCommand({ StreamName, TargetShardCount: 5, ScalingType: 'UNIFORM_SCALING' }),
    ),
    'LimitExceededException',
    'UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 2 Target shard count: 5',
  );
  const large = Buffer.alloc(1024 * 1024);
  await assert.rejects(client.send(new kinesis.PutRecordCommand({ StreamName, PartitionKey: 'k', Data: large })), {
    name: 'ValidationException',
  });
  await client.send(new kinesis.UpdateMaxRecordSizeCommand({ StreamARN, MaxRecordSizeInKiB: 2048 }));
  await client.send(new kinesis.PutRecordCommand({ StreamName, PartitionKey: 'k', Data: large }));
  await assert.rejects(
    client.send(new kinesis.PutRecordCommand({ StreamName, PartitionKey: 'k', Data: large, DryRun: true })),
    { name: 'DryRunOperationException' },
  );
});

test('settings, tags and policies are shown as they were set', async () => {
  await using started = await start();
  const { client, put } = started;
  await client.send(
    new kinesis.CreateStreamCommand({ StreamName, StreamModeDetails: { StreamMode: 'ON_DEMAND' }, Tags: { a: '1' } }),
  );
  await client.send(new kinesis.IncreaseStreamRetentionPeriodCommand({ StreamName, RetentionPeriodHours: 48 }));
  await client.send(new kinesis.StartStreamEncryptionCommand({ StreamName, EncryptionType: 'KMS', KeyId: 'alias/k' }));
  const metrics = await client.send(
    new kinesis.EnableEnhancedMonitoringCommand({ StreamName, ShardLevelMetrics: ['IncomingBytes'] }),
  );
  assert.deepEqual(metrics.DesiredShardLevelMetrics, ['IncomingBytes']);
  const { StreamDescriptionSummary: summary } = await client.send(
    new kinesis.DescribeStreamSummaryCommand({ StreamARN }),
  );
  assert.deepEqual(
    [summary?.OpenShardCount, summary?.RetentionPeriodHours, summary?.EncryptionType, summary?.KeyId],
    [4, 48, 'KMS', 'alias/k'],
  );
  assert.equal((await put(StreamName, 'k', 'x')).EncryptionType, 'KMS');
  await client.send(new kinesis.TagResourceCommand({ ResourceARN: StreamARN, Tags: { b: '2' } }));
  const tags = await client.send(new kinesis.ListTagsForStreamCommand({ StreamName, Limit: 1 }));
  assert.deepEqual([tags.Tags, tags.HasMoreTags], [[{ Key: 'a', Value: '1' }], true]);
  const policy = { ResourceARN: StreamARN };
  await client.send(new kinesis.PutResourcePolicyCommand({ ...policy, Policy: '{"Version":"2012-10-17"}' }));
  assert.equal((await client.send(new kinesis.GetResourcePolicyCommand(policy))).Policy, '{"Version":"2012-10-17"}');
  await client.send(new kinesis.DeleteResourcePolicyCommand(policy));
  await assert.rejects(client.send(new kinesis.GetResourcePolicyCommand(policy)), {
    name: 'ResourceNotFoundException',
  });
});

test('CBOR has the same operations, with bytes as bytes and times in milliseconds', async () => {
  await using started = await start();
  const { daemon, client } = started;
  const ask = async (operation: string, body: Uint8Array) => {
    const headers = {
      'content-type': 'application/x-amz-cbor-1.1',
      'x-amz-target': `Kinesis_20131202.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/kinesis/aws4_request, Signature=0',
    };
    const answer = await daemon.fetch('/', { method: 'POST', headers, body: Buffer.from(body) });
    assert.equal(answer.headers.get('content-type'), 'application/x-amz-cbor-1.1');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, value: bytes.length === 0 ? undefined : cbor.deserialize(bytes) };
  };
  const send = (operation: string, input: object) => ask(operation, cbor.serialize(input));
  assert.deepEqual(await send('CreateStream', { StreamName, ShardCount: 1 }), { status: 200, value: undefined });
  const before = Date.now();
  await send('PutRecord', { StreamName, PartitionKey: 'k', Data: Buffer.from([0, 255]) });
  const Timestamp = tag({ tag: 1, value: before - 1000 });
  const { value: at } = await send('GetShardIterator', {
    StreamName,
    ShardId,
    ShardIteratorType: 'AT_TIMESTAMP',
    Timestamp,
  });
  const { value: read } = await send('GetRecords', { ShardIterator: at.ShardIterator });
  assert.deepEqual(Buffer.from(read.Records[0].Data), Buffer.from([0, 255]));
  assert.equal(read.Records[0].ApproximateArrivalTimestamp.tag, 1);
  assert.ok(read.Records[0].ApproximateArrivalTimestamp.value >= before);
  assert.deepEqual(await send('DescribeStream', { StreamName: 'x' }), {
    status: 400,
    value: { __type: 'ResourceNotFoundException', message: 'Stream x under account 000000000000 not found.' },
  });
  for (const body of [
    [0xff],
    [0x1b],
    [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    Array(100_000).fill(0x81),
  ]) {
    const { status, value } = await ask('PutRecord', Uint8Array.from(body));
    assert.deepEqual([status, value.__type], [400, 'SerializationException']);
  }
  assert.equal((await client.send(new kinesis.ListStreamsCommand({}))).StreamNames?.length, 1);
});

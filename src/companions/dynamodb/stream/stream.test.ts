import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteTableCommand, PutItemCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { GetRecordsCommand, GetShardIteratorCommand, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { milliseconds } from '../../../kernel/quantity.ts';
import { DynamodbWorld, table } from '../test-kit/dynamodb-world.ts';

const hours = (count: number) => milliseconds(count * 60 * 60 * 1000);
const minutes = (count: number) => milliseconds(count * 60 * 1000);

const put = (world: DynamodbWorld, pk: string) =>
  world.tables.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk } } }));

test('records are kept for 24 hours, and reading before the oldest one is refused', async () => {
  await using world = await DynamodbWorld.open();
  await put(world, 'old');
  const first = (await world.everyRecord())[0]?.dynamodb?.SequenceNumber;
  world.clock.advance(hours(23));
  await put(world, 'young');
  const early = await world.iterator('AT_SEQUENCE_NUMBER', first);
  const oldest = await world.iterator('TRIM_HORIZON');
  assert.equal((await world.records(early)).length, 2);
  world.clock.advance(hours(1));
  // An iterator lives for a quarter of an hour.
  await assert.rejects(world.records(early), { name: 'ExpiredIteratorException' });
  await assert.rejects(world.records(oldest), { name: 'ExpiredIteratorException' });
  assert.deepEqual(
    (await world.everyRecord()).map(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S),
    ['young'],
  );
  for (const type of ['AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'] as const) {
    await assert.rejects(world.iterator(type, first), { name: 'TrimmedDataAccessException' });
  }
});

test('an iterator whose record is trimmed before it is used says so; one from the oldest record on never does', async () => {
  await using world = await DynamodbWorld.open();
  await put(world, 'old');
  const first = (await world.everyRecord())[0]?.dynamodb?.SequenceNumber;
  world.clock.advance(milliseconds(hours(24) - minutes(10)));
  const at = await world.iterator('AT_SEQUENCE_NUMBER', first);
  const oldest = await world.iterator('TRIM_HORIZON');
  world.clock.advance(minutes(11));
  await assert.rejects(world.records(at), { name: 'TrimmedDataAccessException' });
  assert.deepEqual(await world.records(oldest), []);
});

test('an iterator that follows another is young again', async () => {
  await using world = await DynamodbWorld.open();
  let iterator = await world.iterator('LATEST');
  for (let round = 0; round < 5; round++) {
    world.clock.advance(minutes(14));
    await put(world, `item-${round}`);
    const page = await world.streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    assert.equal(page.Records?.length, 1);
    iterator = page.NextShardIterator ?? '';
  }
});

test('a page has at most as many records as asked for, at most 1,000, and at most a megabyte', async () => {
  await using world = await DynamodbWorld.open('NEW_IMAGE');
  const text = 'x'.repeat(300_000);
  for (const pk of ['a', 'b', 'c', 'd']) {
    await world.tables.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, text: { S: text } } }));
  }
  const iterator = await world.iterator('TRIM_HORIZON');
  assert.equal((await world.records(iterator)).length, 3);
  assert.equal((await world.records(iterator, 2)).length, 2);
  await assert.rejects(world.records(iterator, 1001), {
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '1001' at 'limit' failed to satisfy constraint: " +
      'Member must have value less than or equal to 1000',
  });
});

test('the stream of a table that is gone, or that has another one, is listed and read for 24 hours', async () => {
  await using world = await DynamodbWorld.open();
  await put(world, 'a');
  const update = (StreamSpecification: { StreamEnabled: boolean; StreamViewType?: 'KEYS_ONLY' }) =>
    world.tables.send(new UpdateTableCommand({ TableName: table, StreamSpecification }));
  await update({ StreamEnabled: false });
  await assert.rejects(update({ StreamEnabled: false }), { name: 'ValidationException' });
  const again = await update({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
  await assert.rejects(update({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' }), {
    name: 'ValidationException',
    message: 'Table already has an enabled stream: TableName: table',
  });
  const list = async () => (await world.streams.send(new ListStreamsCommand({ TableName: table }))).Streams ?? [];
  const [old, current] = await list();
  assert.notEqual(old?.StreamArn, current?.StreamArn);
  assert.equal(current?.StreamArn, again.TableDescription?.LatestStreamArn);
  assert.equal(current?.StreamLabel, again.TableDescription?.LatestStreamLabel);
  await world.tables.send(new DeleteTableCommand({ TableName: table }));
  assert.equal((await list()).length, 2);
  const page = await world.streams.send(new GetRecordsCommand({ ShardIterator: await world.iterator('TRIM_HORIZON') }));
  assert.equal(page.Records?.length, 1);
  assert.equal(page.NextShardIterator, undefined);
  world.clock.advance(hours(24));
  assert.deepEqual(await list(), []);
});

test('streams are listed page by page', async () => {
  await using world = await DynamodbWorld.open();
  for (const StreamEnabled of [false, true, false, true]) {
    const view = StreamEnabled ? { StreamViewType: 'KEYS_ONLY' as const } : {};
    await world.tables.send(
      new UpdateTableCommand({ TableName: table, StreamSpecification: { StreamEnabled, ...view } }),
    );
  }
  const arns: (string | undefined)[] = [];
  let ExclusiveStartStreamArn: string | undefined;
  do {
    const page: {
      Streams?: { StreamArn?: string | undefined }[] | undefined;
      LastEvaluatedStreamArn?: string | undefined;
    } = await world.streams.send(new ListStreamsCommand({ Limit: 2, ExclusiveStartStreamArn }));
    arns.push(...(page.Streams ?? []).map(({ StreamArn }) => StreamArn));
    ExclusiveStartStreamArn = page.LastEvaluatedStreamArn;
  } while (ExclusiveStartStreamArn !== undefined);
  assert.equal(new Set(arns).size, 3);
});

test('a stream, a shard, a sequence number and an iterator that there are not are refused', async () => {
  await using world = await DynamodbWorld.open();
  const { Streams = [] } = await world.streams.send(new ListStreamsCommand({}));
  const StreamArn = Streams[0]?.StreamArn;
  const ShardId = 'shardId-00000000000000000000-00000000';
  const ask = (input: object) =>
    world.streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'LATEST', ...input }));
  await assert.rejects(ask({}), { name: 'ResourceNotFoundException' });
  await assert.rejects(ask({ StreamArn: `${StreamArn}x` }), { name: 'ResourceNotFoundException' });
  await assert.rejects(world.iterator('AT_SEQUENCE_NUMBER'), { name: 'ValidationException' });
  await assert.rejects(world.iterator('AT_SEQUENCE_NUMBER', 'x'.repeat(21)), { name: 'ValidationException' });
  for (const text of ['x', '||', `${StreamArn}|1|AAAA`]) {
    await assert.rejects(world.records(text), { name: 'ValidationException' });
  }
});

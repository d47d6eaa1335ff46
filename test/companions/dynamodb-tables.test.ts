import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  QueryCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { startDynamodb } from './dynamodb-daemon.ts';

test('a table is tagged, at its creation and later', async () => {
  await using world = await startDynamodb();
  const TableName = await world.clients.table({ Tags: [{ Key: 'a', Value: '1' }] });
  const ResourceArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
  const list = async () => (await world.tables.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags;
  await world.tables.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'b', Value: '2' }] }));
  assert.deepEqual(await list(), [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ]);
  await world.tables.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  assert.deepEqual(await list(), [{ Key: 'b', Value: '2' }]);
  await assert.rejects(world.tables.send(new ListTagsOfResourceCommand({ ResourceArn: `${ResourceArn}x` })), {
    name: 'ResourceNotFoundException',
  });
});

test('a global index that is added later knows the items of before, and one that is dropped is gone', async () => {
  await using world = await startDynamodb();
  const TableName = await world.clients.table();
  await world.clients.put(TableName, { pk: { S: 'a' }, kind: { S: 'k' } });
  await world.clients.put(TableName, { pk: { S: 'b' } });
  const create = new UpdateTableCommand({
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'kind', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'by-kind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  });
  assert.equal((await world.tables.send(create)).TableDescription?.TableStatus, 'UPDATING');
  const query = new QueryCommand({
    TableName,
    IndexName: 'by-kind',
    KeyConditionExpression: 'kind = :k',
    ExpressionAttributeValues: { ':k': { S: 'k' } },
  });
  await world.clients.put(TableName, { pk: { S: 'c' }, kind: { S: 'k' } });
  assert.equal((await world.tables.send(query)).Count, 2);
  const { Table } = await world.tables.send(new DescribeTableCommand({ TableName }));
  assert.deepEqual(
    Table?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus, ItemCount }) => [IndexName, IndexStatus, ItemCount]),
    [['by-kind', 'ACTIVE', 2]],
  );
  await assert.rejects(world.tables.send(create), { name: 'ValidationException' });
  const drop = new UpdateTableCommand({
    TableName,
    GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-kind' } }],
  });
  await world.tables.send(drop);
  await assert.rejects(world.tables.send(query), { name: 'ValidationException' });
  await assert.rejects(world.tables.send(drop), { name: 'ResourceNotFoundException' });
});

test('an index that an item cannot be in is refused, and nothing has changed', async () => {
  await using world = await startDynamodb();
  const TableName = await world.clients.table();
  await world.clients.put(TableName, { pk: { S: 'a' }, kind: { N: '1' } });
  const create = new UpdateTableCommand({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'kind', AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'by-kind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  });
  await assert.rejects(world.tables.send(create), {
    name: 'ValidationException',
    message: 'lambdad cannot build the index by-kind: an item has an attribute kind that is not of type S',
  });
  const { Table } = await world.tables.send(new DescribeTableCommand({ TableName }));
  assert.equal(Table?.GlobalSecondaryIndexes, undefined);
  await world.clients.put(TableName, { pk: { S: 'a' }, kind: { N: '2' } });
});

test('throughput, billing, class and protection change as asked', async () => {
  await using world = await startDynamodb();
  const TableName = await world.clients.table({
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    DeletionProtectionEnabled: true,
  });
  const update = (input: object) => world.tables.send(new UpdateTableCommand({ TableName, ...input }));
  await assert.rejects(update({ ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 } }), {
    name: 'ValidationException',
    message: /^The provisioned throughput for the table will not change\./,
  });
  await assert.rejects(update({}), { name: 'ValidationException' });
  await update({ ProvisionedThroughput: { ReadCapacityUnits: 3, WriteCapacityUnits: 4 } });
  await update({ TableClass: 'STANDARD_INFREQUENT_ACCESS' });
  const describe = async () => (await world.tables.send(new DescribeTableCommand({ TableName }))).Table;
  assert.equal((await describe())?.ProvisionedThroughput?.ReadCapacityUnits, 3);
  assert.equal((await describe())?.TableClassSummary?.TableClass, 'STANDARD_INFREQUENT_ACCESS');
  await update({ BillingMode: 'PAY_PER_REQUEST' });
  assert.equal((await describe())?.BillingModeSummary?.BillingMode, 'PAY_PER_REQUEST');
  await assert.rejects(world.tables.send(new DeleteTableCommand({ TableName })), {
    name: 'ValidationException',
    message:
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
  });
  await update({ DeletionProtectionEnabled: false });
  await world.tables.send(new DeleteTableCommand({ TableName }));
});

test('tools are told of backups, limits and endpoints', async () => {
  await using world = await startDynamodb();
  const TableName = await world.clients.table();
  const backups = await world.tables.send(new DescribeContinuousBackupsCommand({ TableName }));
  assert.deepEqual(backups.ContinuousBackupsDescription, {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
  });
  const updated = await world.tables.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  const recovery = updated.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  assert.equal(recovery?.PointInTimeRecoveryStatus, 'ENABLED');
  assert.equal((await world.tables.send(new DescribeLimitsCommand({}))).TableMaxReadCapacityUnits, 40_000);
  const { Endpoints } = await world.tables.send(new DescribeEndpointsCommand({}));
  assert.equal(Endpoints?.[0]?.Address, `127.0.0.1:${world.daemon.port}`);
  await assert.rejects(world.tables.send(new DescribeContinuousBackupsCommand({ TableName: 'none' })), {
    name: 'TableNotFoundException',
  });
});

test('a table that cannot be is refused before it is there', async () => {
  await using world = await startDynamodb();
  const create = (input: object) =>
    world.tables.send(
      new CreateTableCommand({
        TableName: 'table',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        ...input,
      }),
    );
  for (const input of [
    { TableName: 'x' },
    { KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }] },
    { StreamSpecification: { StreamEnabled: true } },
    { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } },
    { Tags: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' })) },
  ]) {
    await assert.rejects(create(input), { name: 'ValidationException' }, JSON.stringify(input).slice(0, 80));
  }
  assert.deepEqual((await world.tables.send(new ListTablesCommand({}))).TableNames, []);
});

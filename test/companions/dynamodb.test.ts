import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import {
  BatchGetItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamodbClients } from '../conformance/dynamodb/dynamodb-clients.ts';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

async function start() {
  const daemon = await TestDaemon.start();
  const clients = new DynamodbClients(daemon.endpoint);
  return {
    daemon,
    clients,
    tables: clients.tables,
    async [Symbol.asyncDispose]() {
      clients[Symbol.dispose]();
      await daemon[Symbol.asyncDispose]();
    },
  };
}

/** A request as no client would send it. */
async function raw(daemon: TestDaemon, target: string, body: string, headers: Record<string, string> = {}) {
  const response = await daemon.fetch('/', {
    method: 'POST',
    headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0', ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const names = (text: string): string => (JSON.parse(text) as { __type: string }).__type;

test('an answer carries its request id, its checksum and its content type', async () => {
  await using world = await start();
  const TableName = await world.clients.table();
  for (const body of [`{"TableName":"${TableName}"}`, '{"TableName":"none"}']) {
    const answer = await raw(world.daemon, 'DynamoDB_20120810.Scan', body);
    assert.equal(answer.headers.get('content-type'), 'application/x-amz-json-1.0');
    assert.ok(answer.headers.get('x-amzn-requestid'));
    assert.equal(answer.headers.get('x-amz-crc32'), String(crc32(answer.text)));
  }
});

test('errors are named as AWS names them', async () => {
  await using world = await start();
  const TableName = await world.clients.table();
  const put = (item: string) => `{"TableName":"${TableName}","Item":${item}}`;
  const scan = (filter: string) => JSON.stringify({ TableName, FilterExpression: filter });
  const deep = '{"L":['.repeat(60) + ']}'.repeat(60);
  const cases: readonly (readonly [string, string, string])[] = [
    ['PutItem', '{', 'com.amazon.coral.service#SerializationException'],
    ['PutItem', '[]', 'com.amazon.coral.service#SerializationException'],
    ['PutItem', 'null', 'com.amazon.coral.service#SerializationException'],
    ['PutItem', '{"TableName":1}', 'com.amazon.coral.service#SerializationException'],
    ['PutItem', put('{"pk":{"S":"a"},"l":{"L":[null]}}'), 'com.amazon.coral.service#SerializationException'],
    ['PutItem', put('{"pk":{"B":"!"}}'), 'com.amazon.coral.service#SerializationException'],
    ['PutItem', put('{"pk":{}}'), 'com.amazon.coral.validate#ValidationException'],
    ['PutItem', put(`{"pk":{"S":"a"},"deep":${deep}}`), 'com.amazon.coral.validate#ValidationException'],
    ['PutItem', put('{"pk":{"S":"a"},"__proto__":{"S":"b"}}'), 'com.amazon.coral.validate#ValidationException'],
    ['PutItem', '{"TableName":"none","Item":{}}', 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException'],
    ['TransactWriteItems', '{"TransactItems":[null]}', 'com.amazon.coral.validate#ValidationException'],
    ['TransactWriteItems', '{"TransactItems":{}}', 'com.amazon.coral.service#SerializationException'],
    ['TransactWriteItems', '{"TransactItems":[{"Get":{}}]}', 'com.amazon.coral.validate#ValidationException'],
    ['TransactGetItems', '{"TransactItems":[{}]}', 'com.amazon.coral.validate#ValidationException'],
    ['TransactWriteItems', '{"TransactItems":[{}]}', 'com.amazon.coral.validate#ValidationException'],
    ['Scan', scan('('.repeat(1000)), 'com.amazon.coral.validate#ValidationException'],
    ['Scan', scan('NOT ('.repeat(500)), 'com.amazon.coral.validate#ValidationException'],
    ['Scan', scan(`a = :a${' OR a = :a'.repeat(1000)}`), 'com.amazon.coral.validate#ValidationException'],
    ['BatchGetItem', '{"RequestItems":[1]}', 'com.amazon.coral.service#SerializationException'],
    ['NoSuchThing', '{}', 'com.amazon.coral.service#UnknownOperationException'],
  ];
  for (const [operation, body, type] of cases) {
    const answer = await raw(world.daemon, `DynamoDB_20120810.${operation}`, body);
    assert.equal(answer.status, 400, `${operation} ${body.slice(0, 60)}: ${answer.text}`);
    assert.equal(names(answer.text), type, `${operation} ${body.slice(0, 60)}: ${answer.text}`);
  }
  const stream = await raw(
    world.daemon,
    'DynamoDBStreams_20120810.DescribeStream',
    `{"StreamArn":"arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/x"}`,
  );
  assert.equal(names(stream.text), 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException');
  assert.equal((await world.tables.send(new ScanCommand({ TableName }))).Count, 0);
});

test('what is not there is refused by its name', async () => {
  await using world = await start();
  const statement = new ExecuteStatementCommand({ Statement: 'SELECT * FROM t' });
  await assert.rejects(world.tables.send(statement), {
    name: 'NotImplemented',
    message: 'ExecuteStatement of dynamodb is not implemented in this version of lambdad.',
  });
  const TableName = await world.clients.table();
  const replica = new UpdateTableCommand({ TableName, ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] });
  await assert.rejects(world.tables.send(replica), {
    name: 'NotImplemented',
    message: /^ReplicaUpdates of UpdateTable/,
  });
});

test('accounts and regions do not see each other', async () => {
  await using world = await start();
  const TableName = await world.clients.table();
  await world.clients.put(TableName, { pk: { S: 'a' } });
  for (const where of [{ region: 'eu-west-1' }, { account: '111111111111' }]) {
    const other = new DynamoDBClient(clientOptions(world.daemon.endpoint, where));
    assert.deepEqual((await other.send(new ListTablesCommand({}))).TableNames, []);
    await assert.rejects(other.send(new ScanCommand({ TableName })), { name: 'ResourceNotFoundException' });
    other.destroy();
  }
});

test('a table can be named by its ARN, and answers name it as the request did', async () => {
  await using world = await start();
  const name = await world.clients.table();
  const TableName = `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;
  const Key = { pk: { S: 'a' } };
  await world.tables.send(new PutItemCommand({ TableName, Item: Key }));
  assert.deepEqual((await world.tables.send(new GetItemCommand({ TableName, Key }))).Item, Key);
  const batch = new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } });
  assert.deepEqual((await world.tables.send(batch)).Responses, { [TableName]: [Key] });
  const transaction = new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key } }] });
  assert.deepEqual((await world.tables.send(transaction)).Responses, [{ Item: Key }]);
  assert.equal((await world.tables.send(new DescribeTableCommand({ TableName }))).Table?.ItemCount, 1);
  const foreign = TableName.replace('000000000000', '111111111111');
  await assert.rejects(world.tables.send(new ScanCommand({ TableName: foreign })));
});

test('a table is tagged, at its creation and later', async () => {
  await using world = await start();
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
  await using world = await start();
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
  await using world = await start();
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
  await using world = await start();
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
  await using world = await start();
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

test('a transaction says what it has used, and refuses a table that is not there', async () => {
  await using world = await start();
  const TableName = await world.clients.table();
  const write = (table: string) =>
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item: { pk: { S: 'a' } } } },
        { Put: { TableName: table, Item: { pk: { S: 'b' } } } },
      ],
      ReturnConsumedCapacity: 'TOTAL',
    });
  const { ConsumedCapacity } = await world.tables.send(write(TableName));
  assert.deepEqual(ConsumedCapacity, [{ TableName, CapacityUnits: 4, WriteCapacityUnits: 4 }]);
  await assert.rejects(world.tables.send(write('none')), { name: 'ResourceNotFoundException' });
  const wrong = new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key: { other: { S: 'a' } } } }] });
  await assert.rejects(world.tables.send(wrong), {
    name: 'TransactionCanceledException',
    message: 'Transaction cancelled, please refer cancellation reasons for specific reasons [ValidationError]',
  });
});

test('a table that cannot be is refused before it is there', async () => {
  await using world = await start();
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

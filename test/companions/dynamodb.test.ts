import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import {
  BatchGetItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../kit/service-client.ts';
import type { TestDaemon } from '../kit/test-daemon.ts';
import { startDynamodb } from './dynamodb-daemon.ts';

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
  await using world = await startDynamodb();
  const TableName = await world.clients.table();
  for (const body of [`{"TableName":"${TableName}"}`, '{"TableName":"none"}']) {
    const answer = await raw(world.daemon, 'DynamoDB_20120810.Scan', body);
    assert.equal(answer.headers.get('content-type'), 'application/x-amz-json-1.0');
    assert.ok(answer.headers.get('x-amzn-requestid'));
    assert.equal(answer.headers.get('x-amz-crc32'), String(crc32(answer.text)));
  }
});

test('errors are named as AWS names them', async () => {
  await using world = await startDynamodb();
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
  await using world = await startDynamodb();
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
  await using world = await startDynamodb();
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
  await using world = await startDynamodb();
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

test('a transaction says what it has used, and refuses a table that is not there', async () => {
  await using world = await startDynamodb();
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

/** What is true of tables and items, whoever keeps them. */
import assert from 'node:assert/strict';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamodbCase } from './dynamodb-case.ts';

const everyType = {
  pk: { S: 'all' },
  text: { S: 'ünï' },
  empty: { S: '' },
  number: { N: '-12.5' },
  bytes: { B: new Uint8Array([0, 255, 1]) },
  yes: { BOOL: true },
  nothing: { NULL: true },
  list: { L: [{ N: '1' }, { M: { deep: { S: 'x' } } }] },
  map: { M: { a: { L: [] } } },
};

export const itemCases: readonly DynamodbCase[] = [
  {
    title: 'a table is made, described, listed and deleted, and its name is taken meanwhile',
    run: async (clients) => {
      const TableName = await clients.table({ isSorted: true });
      const { Table } = await clients.tables.send(new DescribeTableCommand({ TableName }));
      assert.equal(Table?.TableStatus, 'ACTIVE');
      assert.match(Table.TableArn ?? '', /^arn:aws:dynamodb:.+:table\/table-\d+$/);
      assert.deepEqual(
        Table.KeySchema?.map(({ AttributeName, KeyType }) => [AttributeName, KeyType]),
        [
          ['pk', 'HASH'],
          ['sk', 'RANGE'],
        ],
      );
      const again = new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      });
      await assert.rejects(clients.tables.send(again), { name: 'ResourceInUseException' });
      assert.ok((await clients.tables.send(new ListTablesCommand({}))).TableNames?.includes(TableName));
      await clients.tables.send(new DeleteTableCommand({ TableName }));
      await assert.rejects(clients.tables.send(new DescribeTableCommand({ TableName })), {
        name: 'ResourceNotFoundException',
      });
    },
  },
  {
    title: 'an item comes back as it was put, whatever its attributes are',
    run: async (clients) => {
      const TableName = await clients.table();
      await clients.put(TableName, everyType);
      const { Item } = await clients.tables.send(new GetItemCommand({ TableName, Key: { pk: { S: 'all' } } }));
      assert.deepEqual(Item, everyType);
      const none = await clients.tables.send(new GetItemCommand({ TableName, Key: { pk: { S: 'other' } } }));
      assert.equal(none.Item, undefined);
    },
  },
  {
    title: 'a condition that does not hold refuses the write and can show the item',
    run: async (clients) => {
      const TableName = await clients.table();
      await clients.put(TableName, { pk: { S: 'a' }, n: { N: '1' } });
      const put = new PutItemCommand({
        TableName,
        Item: { pk: { S: 'a' }, n: { N: '2' } },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await assert.rejects(clients.tables.send(put), {
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
        Item: { pk: { S: 'a' }, n: { N: '1' } },
      });
      const removed = new DeleteItemCommand({
        TableName,
        Key: { pk: { S: 'a' } },
        ConditionExpression: 'n BETWEEN :low AND :high AND NOT contains(pk, :part)',
        ExpressionAttributeValues: { ':low': { N: '0' }, ':high': { N: '5' }, ':part': { S: 'z' } },
        ReturnValues: 'ALL_OLD',
      });
      assert.deepEqual((await clients.tables.send(removed)).Attributes, { pk: { S: 'a' }, n: { N: '1' } });
    },
  },
  {
    title: 'an update changes what its expression says and returns what it is asked for',
    run: async (clients) => {
      const TableName = await clients.table();
      const Key = { pk: { S: 'a' } };
      const made = await clients.tables.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET #list = :list, m = :m ADD n :one',
          ExpressionAttributeNames: { '#list': 'list' },
          ExpressionAttributeValues: {
            ':list': { L: [{ S: 'x' }] },
            ':m': { M: { k: { N: '1' } } },
            ':one': { N: '1' },
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      assert.deepEqual(made.Attributes?.['n'], { N: '1' });
      const changed = await clients.tables.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression:
            'SET #list = list_append(#list, :more), m.k = m.k + :two, c = if_not_exists(c, :two) REMOVE n',
          ExpressionAttributeNames: { '#list': 'list' },
          ExpressionAttributeValues: { ':more': { L: [{ S: 'y' }] }, ':two': { N: '2' } },
          ReturnValues: 'ALL_NEW',
        }),
      );
      assert.deepEqual(changed.Attributes, {
        pk: { S: 'a' },
        list: { L: [{ S: 'x' }, { S: 'y' }] },
        m: { M: { k: { N: '3' } } },
        c: { N: '2' },
      });
    },
  },
  {
    title: 'a query finds a range of a partition, in both directions and page by page',
    run: async (clients) => {
      const TableName = await clients.table({ isSorted: true });
      for (const n of [-5, -1, 0, 2, 10, 100]) await clients.put(TableName, { pk: { S: 'a' }, sk: { N: String(n) } });
      await clients.put(TableName, { pk: { S: 'b' }, sk: { N: '1' } });
      const query = async (condition: string, values: readonly number[], more: object = {}) => {
        const named = values.map((value, at) => [`:v${at}`, { N: String(value) }] as const);
        const { Items = [] } = await clients.tables.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: `pk = :pk${condition}`,
            ExpressionAttributeValues: { ':pk': { S: 'a' }, ...Object.fromEntries(named) },
            ...more,
          }),
        );
        return Items.map(({ sk }) => Number(sk?.N));
      };
      assert.deepEqual(await query('', []), [-5, -1, 0, 2, 10, 100]);
      assert.deepEqual(await query(' AND sk > :v0', [0]), [2, 10, 100]);
      assert.deepEqual(await query(' AND sk BETWEEN :v0 AND :v1', [-1, 10]), [-1, 0, 2, 10]);
      assert.deepEqual(await query('', [], { ScanIndexForward: false, Limit: 2 }), [100, 10]);
      const ExclusiveStartKey = { pk: { S: 'a' }, sk: { N: '0' } };
      assert.deepEqual(await query('', [], { ExclusiveStartKey, Limit: 2 }), [2, 10]);
    },
  },
  {
    title: 'indexes answer with what is projected into them, in their own order, and follow changes',
    run: async (clients) => {
      const TableName = await clients.table({
        isSorted: true,
        AttributeDefinitions: [
          { AttributeName: 'kind', AttributeType: 'S' },
          { AttributeName: 'rank', AttributeType: 'N' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-kind',
            KeySchema: [
              { AttributeName: 'kind', KeyType: 'HASH' },
              { AttributeName: 'rank', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        LocalSecondaryIndexes: [
          {
            IndexName: 'by-rank',
            KeySchema: [
              { AttributeName: 'pk', KeyType: 'HASH' },
              { AttributeName: 'rank', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
          },
        ],
      });
      const item = (sk: string, rank: string) => ({
        pk: { S: 'a' },
        sk: { N: sk },
        kind: { S: 'k' },
        rank: { N: rank },
        other: { S: sk },
      });
      for (const [sk, rank] of [
        ['1', '30'],
        ['2', '20'],
        ['3', '10'],
      ] as const) {
        await clients.put(TableName, item(sk, rank));
      }
      await clients.put(TableName, { pk: { S: 'a' }, sk: { N: '4' } });
      await clients.put(TableName, item('1', '5'));
      const query = (IndexName: string, key: string, value: string, more: object = {}) =>
        clients.tables.send(
          new QueryCommand({
            TableName,
            IndexName,
            KeyConditionExpression: `${key} = :v`,
            ExpressionAttributeValues: { ':v': { S: value } },
            ...more,
          }),
        );
      const byKind = await query('by-kind', 'kind', 'k');
      assert.deepEqual(
        byKind.Items?.map(({ sk }) => sk?.N),
        ['1', '3', '2'],
      );
      assert.deepEqual(Object.keys(byKind.Items?.[0] ?? {}).toSorted(), ['kind', 'pk', 'rank', 'sk']);
      const byRank = await query('by-rank', 'pk', 'a');
      assert.deepEqual(Object.keys(byRank.Items?.[0] ?? {}).toSorted(), ['pk', 'rank', 'sk']);
      const whole = await query('by-rank', 'pk', 'a', { Select: 'ALL_ATTRIBUTES' });
      assert.deepEqual(whole.Items?.[0], item('1', '5'));
    },
  },
  {
    title: 'a scan sees every item once, in segments and with a filter',
    run: async (clients) => {
      const TableName = await clients.table();
      const names = Array.from({ length: 20 }, (_, n) => `item-${n}`);
      const puts = names.map((pk, n) => ({ PutRequest: { Item: { pk: { S: pk }, n: { N: String(n) } } } }));
      const written = await clients.tables.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
      assert.deepEqual(written.UnprocessedItems ?? {}, {});
      const seen: string[] = [];
      for (const Segment of [0, 1, 2]) {
        const { Items = [] } = await clients.tables.send(new ScanCommand({ TableName, Segment, TotalSegments: 3 }));
        seen.push(...Items.map(({ pk }) => pk?.S ?? ''));
      }
      assert.deepEqual(seen.toSorted(), names.toSorted());
      const filtered = await clients.tables.send(
        new ScanCommand({
          TableName,
          FilterExpression: 'n >= :n',
          ExpressionAttributeValues: { ':n': { N: '18' } },
          ProjectionExpression: 'pk',
        }),
      );
      assert.equal(filtered.ScannedCount, 20);
      assert.deepEqual(
        filtered.Items?.toSorted((one, other) => ((one['pk']?.S ?? '') < (other['pk']?.S ?? '') ? -1 : 1)),
        [{ pk: { S: 'item-18' } }, { pk: { S: 'item-19' } }],
      );
    },
  },
  {
    title: 'a batch gets what is there and says nothing of what is not',
    run: async (clients) => {
      const TableName = await clients.table();
      await clients.put(TableName, { pk: { S: 'a' } });
      const Keys = [{ pk: { S: 'a' } }, { pk: { S: 'b' } }];
      const { Responses } = await clients.tables.send(
        new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }),
      );
      assert.deepEqual(Responses, { [TableName]: [{ pk: { S: 'a' } }] });
    },
  },
  {
    title: 'what is wrong with a request is said by the name of its error',
    run: async (clients) => {
      const TableName = await clients.table();
      await assert.rejects(clients.put('no-such-table', { pk: { S: 'a' } }), { name: 'ResourceNotFoundException' });
      await assert.rejects(clients.put(TableName, { other: { S: 'a' } }), { name: 'ValidationException' });
      const expression = new UpdateItemCommand({
        TableName,
        Key: { pk: { S: 'a' } },
        UpdateExpression: 'SET a = :missing',
      });
      await assert.rejects(clients.tables.send(expression), { name: 'ValidationException' });
    },
  },
];

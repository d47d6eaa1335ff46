/** What is true of transactions, whoever carries them out. */
import assert from 'node:assert/strict';
import {
  GetItemCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamodbCase } from './dynamodb-case.ts';

export const transactionCases: readonly DynamodbCase[] = [
  {
    title: 'a transaction writes all of its items',
    run: async (clients) => {
      const TableName = await clients.table();
      await clients.put(TableName, { pk: { S: 'counted' }, n: { N: '1' } });
      await clients.put(TableName, { pk: { S: 'gone' } });
      await clients.put(TableName, { pk: { S: 'checked' } });
      await clients.tables.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: { pk: { S: 'new' } } } },
            {
              Update: {
                TableName,
                Key: { pk: { S: 'counted' } },
                UpdateExpression: 'ADD n :one',
                ExpressionAttributeValues: { ':one': { N: '1' } },
              },
            },
            { Delete: { TableName, Key: { pk: { S: 'gone' } } } },
            {
              ConditionCheck: {
                TableName,
                Key: { pk: { S: 'checked' } },
                ConditionExpression: 'attribute_exists(pk)',
              },
            },
          ],
        }),
      );
      const { Responses } = await clients.tables.send(
        new TransactGetItemsCommand({
          TransactItems: ['new', 'counted', 'gone'].map((pk) => ({ Get: { TableName, Key: { pk: { S: pk } } } })),
        }),
      );
      assert.deepEqual(
        Responses?.map(({ Item }) => Item),
        [{ pk: { S: 'new' } }, { pk: { S: 'counted' }, n: { N: '2' } }, undefined],
      );
    },
  },
  {
    title: 'a transaction with one element that fails does nothing and says which one',
    run: async (clients) => {
      const TableName = await clients.table();
      await clients.put(TableName, { pk: { S: 'there' }, n: { N: '1' } });
      const transaction = new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: { S: 'new' } } } },
          {
            Put: {
              TableName,
              Item: { pk: { S: 'there' } },
              ConditionExpression: 'attribute_not_exists(pk)',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      });
      await assert.rejects(clients.tables.send(transaction), (error: Error & { CancellationReasons?: unknown }) => {
        assert.equal(error.name, 'TransactionCanceledException');
        assert.match(error.message, /\[None, ConditionalCheckFailed\]$/);
        assert.deepEqual(error.CancellationReasons, [
          { Code: 'None' },
          {
            Code: 'ConditionalCheckFailed',
            Message: 'The conditional request failed',
            Item: { pk: { S: 'there' }, n: { N: '1' } },
          },
        ]);
        return true;
      });
      assert.equal((await clients.tables.send(new ScanCommand({ TableName }))).Count, 1);
    },
  },
  {
    title: 'a transaction is about each item once',
    run: async (clients) => {
      const TableName = await clients.table();
      const Item = { pk: { S: 'a' } };
      const twice = new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName, Item } }, { Delete: { TableName, Key: Item } }],
      });
      await assert.rejects(clients.tables.send(twice), {
        name: 'ValidationException',
        message: 'Transaction request cannot include multiple operations on one item',
      });
    },
  },
  {
    title: 'a transaction that comes again under its token is not carried out again',
    run: async (clients) => {
      const TableName = await clients.table();
      const Key = { pk: { S: 'a' } };
      const add = (n: string) =>
        new TransactWriteItemsCommand({
          ClientRequestToken: 'once',
          TransactItems: [
            {
              Update: {
                TableName,
                Key,
                UpdateExpression: 'ADD n :n',
                ExpressionAttributeValues: { ':n': { N: n } },
              },
            },
          ],
        });
      await clients.tables.send(add('1'));
      await clients.tables.send(add('1'));
      const { Item } = await clients.tables.send(new GetItemCommand({ TableName, Key }));
      assert.deepEqual(Item?.['n'], { N: '1' });
      await assert.rejects(clients.tables.send(add('2')), { name: 'IdempotentParameterMismatchException' });
    },
  },
];

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import fc from 'fast-check';
import { DynamodbWorld, type SdkItem, table as TableName } from '../test-kit/dynamodb-world.ts';

const key = fc.constantFrom('a', 'b', 'c');
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((n) => ({ N: String(n) })),
  fc.constantFrom('x', 'y').map((text) => ({ S: text })),
  fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => ({ B: bytes })),
  fc.constant<AttributeValue>({ M: { inner: { L: [{ BOOL: true }] } } }),
);
const item = fc.record({ pk: key, value }).map(({ pk, value: v }): SdkItem => ({ pk: { S: pk }, v }));

const write = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), item, onlyNew: fc.boolean() }),
  fc.record({ kind: fc.constant('update' as const), pk: key, by: fc.constantFrom('0', '1') }),
  fc.record({ kind: fc.constant('delete' as const), pk: key, onlyWithN: fc.boolean() }),
  fc.record({ kind: fc.constant('batch' as const), item, removed: key }),
  fc.record({ kind: fc.constant('transaction' as const), item, removed: key, checked: key }),
);
type Write = typeof write extends fc.Arbitrary<infer Value> ? Value : never;

const pkOf = (pk: string) => ({ pk: { S: pk } });

/** Whether it was done: a condition may fail, and an element may be there twice. */
async function perform({ tables }: DynamodbWorld, each: Write): Promise<boolean> {
  try {
    switch (each.kind) {
      case 'put': {
        const condition = each.onlyNew ? { ConditionExpression: 'attribute_not_exists(pk)' } : {};
        await tables.send(new PutItemCommand({ TableName, Item: each.item, ...condition }));
        break;
      }
      case 'update':
        await tables.send(
          new UpdateItemCommand({
            TableName,
            Key: pkOf(each.pk),
            UpdateExpression: 'ADD n :by',
            ExpressionAttributeValues: { ':by': { N: each.by } },
          }),
        );
        break;
      case 'delete': {
        const condition = each.onlyWithN ? { ConditionExpression: 'attribute_exists(n)' } : {};
        await tables.send(new DeleteItemCommand({ TableName, Key: pkOf(each.pk), ...condition }));
        break;
      }
      case 'batch': {
        const requests = [{ PutRequest: { Item: each.item } }, { DeleteRequest: { Key: pkOf(each.removed) } }];
        await tables.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
        break;
      }
      case 'transaction': {
        const check = { TableName, Key: pkOf(each.checked), ConditionExpression: 'attribute_exists(pk)' };
        await tables.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { TableName, Item: each.item } },
              { Delete: { TableName, Key: pkOf(each.removed) } },
              { ConditionCheck: check },
            ],
          }),
        );
        break;
      }
    }
    return true;
  } catch (error) {
    const { name } = error as Error;
    assert.match(name, /^(?:ConditionalCheckFailed|Validation|TransactionCanceled)Exception$/);
    return false;
  }
}

/** Replays a stream; on the way each old image has to be the new image before it. */
function replay(records: readonly StreamRecord[]): ReadonlyMap<string, unknown> {
  const images = new Map<string, unknown>();
  let last = 0n;
  for (const { eventName, dynamodb } of records) {
    const pk = dynamodb?.Keys?.['pk']?.S ?? '';
    assert.deepEqual(dynamodb?.OldImage, images.get(pk), 'the old image is the new one of before');
    assert.notDeepEqual(dynamodb?.OldImage, dynamodb?.NewImage, 'something has changed');
    const number = BigInt(dynamodb?.SequenceNumber ?? 0);
    assert.ok(number > last, 'sequence numbers grow');
    last = number;
    const event = dynamodb?.OldImage === undefined ? 'INSERT' : dynamodb.NewImage === undefined ? 'REMOVE' : 'MODIFY';
    assert.equal(eventName, event);
    if (dynamodb?.NewImage === undefined) images.delete(pk);
    else images.set(pk, dynamodb.NewImage);
  }
  return images;
}

test('a stream replayed is the table, whatever is written to a few items at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 40 }), async (writes) => {
      await using world = await DynamodbWorld.open();
      await Promise.all(writes.map((each) => perform(world, each)));
      const { Items = [] } = await world.tables.send(new ScanCommand({ TableName }));
      const images = replay(await world.everyRecord());
      assert.deepEqual(images, new Map(Items.map((each) => [each['pk']?.S ?? '', each])));
    }),
    { numRuns: 60 },
  );
});

test('a transaction is in the stream as a whole or not at all', async () => {
  const pks = ['a', 'b', 'c', 'd'];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(key, fc.boolean()), { minLength: 1, maxLength: 20 }), async (rounds) => {
      await using world = await DynamodbWorld.open();
      const done = await Promise.all(
        rounds.map(async ([, fails], round) => {
          const condition = fails ? { ConditionExpression: 'attribute_exists(never)' } : {};
          const puts = pks.map((pk) => ({
            Put: { TableName, Item: { ...pkOf(pk), round: { N: String(round) } }, ...(pk === 'd' ? condition : {}) },
          }));
          await world.tables.send(new TransactWriteItemsCommand({ TransactItems: puts })).catch(() => undefined);
          return !fails;
        }),
      );
      const records = await world.everyRecord();
      assert.equal(records.length, 4 * done.filter(Boolean).length);
      for (let at = 0; at < records.length; at += 4) {
        const together = records.slice(at, at + 4).map(({ dynamodb }) => dynamodb?.NewImage?.['round']?.N);
        assert.equal(new Set(together).size, 1, 'its records follow one another');
      }
    }),
    { numRuns: 20 },
  );
});

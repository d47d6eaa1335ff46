/** What is true of streams, whoever keeps them. */
import assert from 'node:assert/strict';
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  type StreamViewType,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand } from '@aws-sdk/client-dynamodb-streams';
import type { DynamodbCase } from './dynamodb-case.ts';
import type { DynamodbClients } from './dynamodb-clients.ts';

const Key = { pk: { S: 'a' } };
const one = { ...Key, bytes: { B: new Uint8Array([1, 255]) } };
const two = { ...Key, map: { M: { n: { N: '2' } } } };

/** Puts an item, puts another in its place, deletes that. */
async function insertModifyRemove(clients: DynamodbClients, TableName: string): Promise<void> {
  await clients.put(TableName, one);
  await clients.put(TableName, two);
  await clients.tables.send(new DeleteItemCommand({ TableName, Key }));
}

const images = { old: [undefined, one, two], new: [one, two, undefined], none: [undefined, undefined, undefined] };

const shown: Readonly<Record<StreamViewType, { readonly old: readonly unknown[]; readonly new: readonly unknown[] }>> =
  {
    KEYS_ONLY: { old: images.none, new: images.none },
    NEW_IMAGE: { old: images.none, new: images.new },
    OLD_IMAGE: { old: images.old, new: images.none },
    NEW_AND_OLD_IMAGES: { old: images.old, new: images.new },
  };

const viewCases = Object.entries(shown).map(
  ([viewType, expected]): DynamodbCase => ({
    title: `a stream of ${viewType} has each change once, in order, with the images of its kind`,
    run: async (clients) => {
      const TableName = await clients.streamed(viewType as StreamViewType);
      await insertModifyRemove(clients, TableName);
      const { description } = await clients.stream(TableName);
      assert.equal(description?.StreamViewType, viewType);
      assert.equal(description.StreamStatus, 'ENABLED');
      const { records, next } = await clients.read(await clients.iterator(TableName, 'TRIM_HORIZON'));
      assert.deepEqual(
        records.map(({ eventName }) => eventName),
        ['INSERT', 'MODIFY', 'REMOVE'],
      );
      const changes = records.map(({ dynamodb }) => dynamodb);
      assert.deepEqual(
        changes.map((change) => change?.Keys),
        [Key, Key, Key],
      );
      assert.deepEqual(
        changes.map((change) => change?.OldImage),
        expected.old,
      );
      assert.deepEqual(
        changes.map((change) => change?.NewImage),
        expected.new,
      );
      const numbers = changes.map((change) => BigInt(change?.SequenceNumber ?? 0));
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => (a < b ? -1 : 1)),
      );
      for (const record of records) {
        assert.equal(record.eventSource, 'aws:dynamodb');
        assert.equal(record.awsRegion, 'us-east-1');
        assert.equal(record.dynamodb?.StreamViewType, viewType);
        assert.ok((record.dynamodb?.SizeBytes ?? 0) > 0);
        assert.ok(record.dynamodb?.ApproximateCreationDateTime instanceof Date);
      }
      assert.ok(next !== undefined, 'a stream that is enabled goes on');
    },
  }),
);

export const streamCases: readonly DynamodbCase[] = [
  ...viewCases,
  {
    title: 'batches, updates and transactions are in the stream as single writes are',
    run: async (clients) => {
      const TableName = await clients.streamed('NEW_AND_OLD_IMAGES');
      const put = (pk: string) => ({ PutRequest: { Item: { pk: { S: pk } } } });
      await clients.tables.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [put('a'), put('b')] } }));
      await clients.tables.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET n = :n',
          ExpressionAttributeValues: { ':n': { N: '1' } },
        }),
      );
      await clients.tables.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: { pk: { S: 'c' } } } },
            { Delete: { TableName, Key: { pk: { S: 'b' } } } },
          ],
        }),
      );
      const { records } = await clients.read(await clients.iterator(TableName, 'TRIM_HORIZON'));
      const told = records.map(({ eventName, dynamodb }) => `${eventName} ${dynamodb?.Keys?.['pk']?.S}`);
      assert.deepEqual(told.toSorted(), ['INSERT a', 'INSERT b', 'INSERT c', 'MODIFY a', 'REMOVE b']);
    },
  },
  {
    title: 'a write that changes nothing is not in the stream',
    run: async (clients) => {
      const TableName = await clients.streamed('NEW_AND_OLD_IMAGES');
      await clients.put(TableName, two);
      await clients.put(TableName, two);
      await clients.tables.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'never' } } }));
      const { records } = await clients.read(await clients.iterator(TableName, 'TRIM_HORIZON'));
      assert.deepEqual(
        records.map(({ eventName }) => eventName),
        ['INSERT'],
      );
    },
  },
  {
    title: 'an iterator starts where its type says',
    run: async (clients) => {
      const TableName = await clients.streamed('KEYS_ONLY');
      const latest = await clients.iterator(TableName, 'LATEST');
      await insertModifyRemove(clients, TableName);
      const later = await clients.iterator(TableName, 'LATEST');
      const all = (await clients.read(latest)).records;
      assert.equal(all.length, 3);
      assert.equal((await clients.read(later)).records.length, 0);
      const second = all[1]?.dynamodb?.SequenceNumber;
      const at = await clients.read(await clients.iterator(TableName, 'AT_SEQUENCE_NUMBER', second));
      assert.deepEqual(at.records, all.slice(1));
      const after = await clients.read(await clients.iterator(TableName, 'AFTER_SEQUENCE_NUMBER', second));
      assert.deepEqual(after.records, all.slice(2));
    },
  },
  {
    title: 'a stream that is switched off can be read to its end',
    run: async (clients) => {
      const TableName = await clients.streamed('KEYS_ONLY');
      await insertModifyRemove(clients, TableName);
      const { StreamArn } = await clients.stream(TableName);
      const iterator = await clients.iterator(TableName, 'TRIM_HORIZON');
      await clients.tables.send(new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: false } }));
      await clients.put(TableName, { pk: { S: 'after' } });
      const { records, next } = await clients.read(iterator);
      assert.equal(records.length, 3);
      assert.equal(next, undefined);
      const { StreamDescription } = await clients.streams.send(new DescribeStreamCommand({ StreamArn }));
      assert.equal(StreamDescription?.StreamStatus, 'DISABLED');
      assert.ok(StreamDescription.Shards?.[0]?.SequenceNumberRange?.EndingSequenceNumber !== undefined);
    },
  },
];

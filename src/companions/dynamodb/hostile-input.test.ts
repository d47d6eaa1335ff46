import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DynamodbWorld, table as TableName } from './test-kit/dynamodb-world.ts';

const Key = { pk: { S: 'a' } };
const Item = { ...Key, x: { L: [{ S: 'q' }, { M: { y: { N: '1' } } }] }, ss: { SS: ['a', 'b'] }, n: { N: '1' } };
const values = { ':v': { N: '2' }, ':l': { L: [{ NULL: true }] }, ':s': { SS: ['a'] } };

/** Requests that are right, to be spoiled. */
const requests: Readonly<Record<string, object>> = {
  PutItem: {
    TableName,
    Item,
    ConditionExpression: 'attribute_not_exists(pk) OR #n > :v',
    ExpressionAttributeNames: { '#n': 'n' },
    ExpressionAttributeValues: { ':v': { N: '0' } },
    ReturnValues: 'ALL_OLD',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ReturnConsumedCapacity: 'INDEXES',
  },
  UpdateItem: {
    TableName,
    Key,
    UpdateExpression: 'SET x[1].y = :v, q = list_append(x, :l) REMOVE z ADD n :v DELETE ss :s',
    ExpressionAttributeValues: values,
    ReturnValues: 'UPDATED_NEW',
  },
  DeleteItem: { TableName, Key, Expected: { n: { ComparisonOperator: 'EQ', AttributeValueList: [{ N: '1' }] } } },
  GetItem: { TableName, Key, ProjectionExpression: 'x[0], x[1].y, pk', ConsistentRead: true },
  Query: {
    TableName,
    KeyConditionExpression: 'pk = :p',
    FilterExpression: 'size(x) > :z AND contains(ss, :p)',
    ExpressionAttributeValues: { ':p': { S: 'a' }, ':z': { N: '0' } },
    Limit: 3,
    ExclusiveStartKey: Key,
    ScanIndexForward: false,
  },
  Scan: {
    TableName,
    Limit: 2,
    Segment: 0,
    TotalSegments: 2,
    FilterExpression: 'n BETWEEN :a AND :b',
    ExpressionAttributeValues: { ':a': { N: '0' }, ':b': { N: '3' } },
  },
  BatchGetItem: { RequestItems: { [TableName]: { Keys: [Key], ProjectionExpression: 'pk' } } },
  BatchWriteItem: {
    RequestItems: { [TableName]: [{ PutRequest: { Item } }, { DeleteRequest: { Key: { pk: { S: 'b' } } } }] },
  },
  TransactWriteItems: {
    TransactItems: [
      { Put: { TableName, Item } },
      { Delete: { TableName, Key: { pk: { S: 'b' } } } },
      { ConditionCheck: { TableName, Key: { pk: { S: 'c' } }, ConditionExpression: 'attribute_not_exists(pk)' } },
    ],
    ReturnConsumedCapacity: 'TOTAL',
  },
  TransactGetItems: { TransactItems: [{ Get: { TableName, Key, ProjectionExpression: 'n' } }] },
  UpdateTable: {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'n', AttributeType: 'N' }],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'new',
          KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['x'] },
        },
      },
    ],
  },
  UpdateTimeToLive: { TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'n' } },
};

const junk = fc.oneof(
  fc.constantFrom(null, '', 'x', ':v', '#n', 'a = :v', 'constructor', '__proto__', true, -1, 1.5),
  fc.constantFrom([], {}, [null], { S: 's' }, { N: 'x' }, { B: 'AA=' }, { SS: [] }, { L: [{}] }, { S: 'a', N: '1' }),
  fc.jsonValue({ maxDepth: 2 }),
);

type Change = readonly [kind: 'remove' | 'replace' | 'rename' | 'copy', at: number, from: number, value: unknown];

const change: fc.Arbitrary<Change> = fc.tuple(
  fc.constantFrom('remove', 'replace', 'rename', 'copy'),
  fc.nat(),
  fc.nat(),
  junk,
);

type Holder = Record<string, unknown>;

function placesIn(value: unknown): readonly (readonly [Holder, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [[holder, key] as const, ...placesIn(holder[key])]);
}

function spoil(request: object, changes: readonly Change[]): object {
  const spoilt = structuredClone(request);
  for (const [kind, at, from, value] of changes) {
    const places = placesIn(spoilt);
    const [holder, key] = places[at % places.length] ?? [];
    const [source, sourceKey] = places[from % places.length] ?? [];
    if (holder === undefined || key === undefined || source === undefined || sourceKey === undefined) break;
    if (kind === 'replace') holder[key] = structuredClone(value);
    if (kind === 'copy') holder[key] = structuredClone(source[sourceKey]);
    if (kind === 'rename') holder[String(value)] = structuredClone(holder[key]);
    if (kind === 'remove') delete holder[key];
  }
  return spoilt;
}

test('a request that is wrong in any way is answered, as the fault of the client or not at all as one', async () => {
  await using world = await DynamodbWorld.open();
  const spoilt = fc
    .tuple(fc.constantFrom(...Object.entries(requests)), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([[operation, request], changes]) => [operation, spoil(request, changes)] as const);
  await fc.assert(
    fc.asyncProperty(spoilt, async ([operation, request]) => {
      const { status, text } = await world.raw(operation, request);
      assert.ok(status === 200 || status === 400 || status === 501, text);
      if (status === 400) assert.match((JSON.parse(text) as { __type: string }).__type, /^com\.amazon.+#[A-Za-z]+$/);
    }),
    { numRuns: 3000 },
  );
});

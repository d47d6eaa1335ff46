import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeTimeToLiveCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { milliseconds } from '../../../kernel/quantity.ts';
import { DynamodbWorld, type SdkItem, table } from '../test-kit/dynamodb-world.ts';

const put = (world: DynamodbWorld, Item: SdkItem) => world.tables.send(new PutItemCommand({ TableName: table, Item }));

const left = async (world: DynamodbWorld) => {
  const { Items = [] } = await world.tables.send(new ScanCommand({ TableName: table }));
  return Items.map(({ pk }) => pk?.S ?? '').toSorted();
};

const set = (world: DynamodbWorld, Enabled: boolean, AttributeName = 'until') =>
  world.tables.send(
    new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: { Enabled, AttributeName } }),
  );

const seconds = (world: DynamodbWorld, later: number) => ({ N: String(Math.floor(world.clock.now() / 1000) + later) });

test('items expire at their time, whether they were there before or came later, and their stream says who deleted them', async () => {
  await using world = await DynamodbWorld.open();
  await put(world, { pk: { S: 'before' }, until: seconds(world, 10) });
  await set(world, true);
  await put(world, { pk: { S: 'later' }, until: seconds(world, 20) });
  await put(world, { pk: { S: 'moved' }, until: seconds(world, 5) });
  await put(world, { pk: { S: 'text' }, until: { S: '1' } });
  await put(world, { pk: { S: 'never' } });
  const sixYears = 6 * 365 * 24 * 60 * 60;
  await put(world, { pk: { S: 'too long ago' }, until: seconds(world, -sixYears) });
  const move = new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: 'moved' } },
    UpdateExpression: 'SET #until = :t',
    ExpressionAttributeNames: { '#until': 'until' },
    ExpressionAttributeValues: { ':t': seconds(world, 1000) },
  });
  await world.tables.send(move);
  world.clock.advance(milliseconds(9_000));
  assert.deepEqual(await left(world), ['before', 'later', 'moved', 'never', 'text', 'too long ago']);
  world.clock.advance(milliseconds(1_000));
  assert.deepEqual(await left(world), ['later', 'moved', 'never', 'text', 'too long ago']);
  world.clock.advance(milliseconds(3_600_000));
  assert.deepEqual(await left(world), ['never', 'text', 'too long ago']);
  const removals = (await world.everyRecord()).filter(({ eventName }) => eventName === 'REMOVE');
  assert.deepEqual(
    removals.map(({ dynamodb, userIdentity }) => [dynamodb?.OldImage?.['pk']?.S, userIdentity]),
    ['before', 'later', 'moved'].map((pk) => [pk, { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' }]),
  );
});

test('nothing expires once time to live is off, and no timer is left', async () => {
  const world = await DynamodbWorld.open();
  await set(world, true);
  await put(world, { pk: { S: 'a' }, until: seconds(world, 10) });
  await set(world, false);
  world.clock.advance(milliseconds(60_000));
  assert.deepEqual(await left(world), ['a']);
  await set(world, true);
  world.clock.advance(milliseconds(1));
  assert.deepEqual(await left(world), []);
  await put(world, { pk: { S: 'b' }, until: seconds(world, 10) });
  assert.equal(world.clock.waiting, 1);
  await world[Symbol.asyncDispose]();
  assert.equal(world.clock.waiting, 0);
});

test('the setting is described, and one that changes nothing or another attribute is refused', async () => {
  await using world = await DynamodbWorld.open();
  const describe = async () =>
    (await world.tables.send(new DescribeTimeToLiveCommand({ TableName: table }))).TimeToLiveDescription;
  assert.deepEqual(await describe(), { TimeToLiveStatus: 'DISABLED' });
  await assert.rejects(set(world, false), { name: 'ValidationException', message: 'TimeToLive is already disabled' });
  await set(world, true);
  assert.deepEqual(await describe(), { TimeToLiveStatus: 'ENABLED', AttributeName: 'until' });
  await assert.rejects(set(world, true), { name: 'ValidationException', message: 'TimeToLive is already enabled' });
  await assert.rejects(set(world, true, 'other'), {
    name: 'ValidationException',
    message: 'TimeToLive is active on a different AttributeName: current AttributeName is until',
  });
});

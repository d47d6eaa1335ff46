import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { eventually } from '../kit/eventually.ts';
import { QueuesElsewhere } from '../kit/queues-elsewhere.ts';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

/** Posts its events. */
const sink = {
  'index.js': `exports.handler = (event) => fetch(process.env.SINK, { method: 'POST', body: JSON.stringify(event) });`,
};
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';

async function start(settings: Readonly<Record<string, string>> = {}) {
  const queues = await QueuesElsewhere.start();
  const daemon = await TestDaemon.start({ settings: { AWS_ENDPOINT_URL_SQS: queues.url, ...settings } });
  const events = new EventBridgeClient(clientOptions(daemon.endpoint));
  return {
    daemon,
    events,
    queues,
    rule: async (pattern: unknown, target: Partial<Target> = {}, { Name = 'r', EventBusName = 'default' } = {}) => {
      await events.send(new PutRuleCommand({ Name, EventBusName, EventPattern: JSON.stringify(pattern) }));
      const Targets = [{ Id: 't', Arn: queueArn, ...target }];
      await events.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets }));
    },
    put: (...entries: PutEventsRequestEntry[]) =>
      events.send(
        new PutEventsCommand({
          Entries: entries.map((entry) => ({ Source: 'my.app', DetailType: 'order', Detail: '{}', ...entry })),
        }),
      ),
    async [Symbol.asyncDispose]() {
      events.destroy();
      await daemon[Symbol.asyncDispose]();
      await queues[Symbol.asyncDispose]();
    },
  };
}

test('a function is invoked with the event that fits', async () => {
  await using here = await start();
  const fn = await here.daemon.function({ code: sink, Environment: { Variables: { SINK: here.queues.url } } });
  const Arn = `arn:aws:lambda:us-east-1:000000000000:function:${fn.name}`;
  await here.rule({ source: ['my.app'], detail: { level: [{ numeric: ['>', 3] }] } }, { Arn });
  const { Entries, FailedEntryCount } = await here.put(
    { Detail: '{"level":3}' },
    { Detail: '{"level":4}', Resources: ['r1'], Time: new Date('2026-02-03T04:05:06.789Z') },
  );
  assert.equal(FailedEntryCount, 0);
  await eventually(() => here.queues.posts.length === 1, 'the function is invoked');
  assert.deepEqual(here.queues.posts[0], {
    version: '0',
    id: Entries?.[1]?.EventId,
    'detail-type': 'order',
    source: 'my.app',
    account: '000000000000',
    time: '2026-02-03T04:05:06Z',
    region: 'us-east-1',
    resources: ['r1'],
    detail: { level: 4 },
  });
});

test('where permissions count, a function says which rule may invoke it', async () => {
  await using here = await start({ ENFORCE_IAM: '1' });
  const fn = await here.daemon.function({ code: sink, Environment: { Variables: { SINK: here.queues.url } } });
  const Arn = `arn:aws:lambda:us-east-1:000000000000:function:${fn.name}`;
  await here.rule({ source: ['my.app'] }, { Arn, DeadLetterConfig: { Arn: queueArn } });
  await here.put({});
  await eventually(() => here.queues.messages.length === 1, 'without a permission the event is a dead letter');
  const attributes = here.queues.messages[0]?.['MessageAttributes'] as Record<string, { StringValue: string }>;
  assert.equal(attributes['ERROR_CODE']?.StringValue, 'NO_PERMISSIONS');
  await here.daemon.lambda.send(
    new AddPermissionCommand({
      FunctionName: fn.name,
      StatementId: 's',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/r',
    }),
  );
  await here.put({});
  await eventually(() => here.queues.posts.length === 1, 'the function is invoked');
});

test('each entry is put or says why it is not', async () => {
  await using here = await start();
  await here.rule({ source: [{ exists: true }] });
  const { FailedEntryCount, Entries } = await here.events.send(
    new PutEventsCommand({
      Entries: [
        { DetailType: 'd', Detail: '{}' },
        { Source: 's', Detail: '{}' },
        { Source: 's', DetailType: 'd' },
        { Source: 's', DetailType: 'd', Detail: '{' },
        { Source: 's', DetailType: 'd', Detail: '[]' },
        { Source: 's', DetailType: 'd', Detail: `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}` },
        { Source: 'aws.s3', DetailType: 'd', Detail: '{}' },
        { Source: 's', DetailType: 'lost', Detail: '{}', EventBusName: 'absent' },
        { Source: 's', DetailType: 'good', Detail: '{"n": 12345678901234567890, "t": " a "}' },
      ],
    }),
  );
  assert.equal(FailedEntryCount, 7);
  const required = (name: string) => [
    'InvalidArgument',
    `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  ];
  const malformed = ['MalformedDetail', 'Detail is malformed.'];
  assert.deepEqual(
    Entries?.slice(0, 7).map(({ ErrorCode, ErrorMessage }) => [ErrorCode, ErrorMessage]),
    [
      required('Source'),
      required('DetailType'),
      required('Detail'),
      malformed,
      malformed,
      malformed,
      ['NotAuthorizedForSourceException', 'Not authorized for the source.'],
    ],
  );
  assert.ok(Entries?.slice(7).every(({ EventId }) => /^[0-9a-f-]{36}$/.test(EventId ?? '')));
  await eventually(() => here.queues.messages.length === 1, 'the good one is delivered');
  assert.match(String(here.queues.messages[0]?.['MessageBody']), /"detail":\{"n":12345678901234567890,"t":" a "\}\}$/);
});

test('a request has ten entries at most, and a megabyte', async () => {
  await using here = await start();
  await assert.rejects(here.put(...Array.from({ length: 11 }, () => ({}))), {
    name: 'ValidationException',
    message:
      /^1 validation error detected: Value '.*' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10$/,
  });
  const detail = (length: number) => JSON.stringify({ a: 'x'.repeat(length - 8) });
  const overhead = 'my.apporder'.length;
  assert.equal((await here.put({ Detail: detail(1024 * 1024 - overhead) })).FailedEntryCount, 0);
  await assert.rejects(here.put({ Detail: detail(1024 * 1024 - overhead + 1) }), {
    name: 'ValidationException',
    message: 'Total size of the entries in the request is over the limit.',
  });
});

test('an event goes on to another bus, and from there no further', async () => {
  await using here = await start();
  const made = await here.events.send(new CreateEventBusCommand({ Name: 'second' }));
  const third = await here.events.send(new CreateEventBusCommand({ Name: 'third' }));
  const all = { source: ['my.app'] };
  await here.rule(all, { Arn: made.EventBusArn ?? '' });
  const DeadLetterConfig = { Arn: queueArn };
  await here.rule(all, { Input: '{"at":"second"}' }, { Name: 'q', EventBusName: 'second' });
  await here.rule(all, { Arn: third.EventBusArn ?? '', DeadLetterConfig }, { Name: 's', EventBusName: 'second' });
  await here.rule(all, { Input: '{"at":"third"}' }, { Name: 'q', EventBusName: 'third' });
  const { Entries } = await here.put({});
  await eventually(() => here.queues.messages.length === 2, 'it came to the second, and could not go on');
  const [delivered, dead] = here.queues.bodies().toSorted((a, b) => Number('id' in a) - Number('id' in b));
  assert.deepEqual([delivered, dead?.['id']], [{ at: 'second' }, Entries?.[0]?.EventId]);
});

test('a topic takes what a template makes of an event', async () => {
  await using here = await start();
  const sns = new SNSClient(clientOptions(here.daemon.endpoint));
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn, Attributes }));
  const InputTransformer = { InputPathsMap: { n: '$.detail.n' }, InputTemplate: '"order <n> came"' };
  await here.rule({ 'detail-type': ['order'] }, { Arn: TopicArn, InputTransformer });
  await here.put({ Detail: '{"n":7}' });
  await eventually(() => here.queues.messages.length === 1, 'the topic hands it on');
  assert.equal(here.queues.messages[0]?.['MessageBody'], '"order 7 came"');
  sns.destroy();
});

test('a function that is not there makes a dead letter', async () => {
  await using here = await start();
  const Arn = 'arn:aws:lambda:us-east-1:000000000000:function:absent';
  await here.rule({ source: ['my.app'] }, { Arn, DeadLetterConfig: { Arn: queueArn } });
  await here.put({ Detail: '{"n":1}' });
  await eventually(() => here.queues.messages.length === 1, 'the dead letter comes');
  const attributes = here.queues.messages[0]?.['MessageAttributes'] as Record<string, { StringValue: string }>;
  assert.deepEqual(
    [attributes['ERROR_CODE']?.StringValue, attributes['TARGET_ARN']?.StringValue],
    ['NO_RESOURCE', Arn],
  );
  assert.deepEqual(here.queues.bodies()[0]?.['detail'], { n: 1 });
});

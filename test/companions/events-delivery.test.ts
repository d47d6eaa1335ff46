import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
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
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { AnsweringServer } from '../kit/answering-server.ts';
import { eventually } from '../kit/eventually.ts';
import { runProgram } from '../kit/run-program.ts';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

type Json = Readonly<Record<string, unknown>>;

/** A queue service elsewhere, which writes down its messages; whatever else is posted to it is written down too. */
async function startQueues() {
  const messages: Json[] = [];
  const posts: Json[] = [];
  const server = await AnsweringServer.start((request, response) => {
    void text(request).then((body) => {
      const input = JSON.parse(body === '' ? '{}' : body) as Json;
      const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
      if (operation === 'SendMessage') messages.push(input);
      if (operation === 'undefined') posts.push(input);
      const MD5OfMessageBody = createHash('md5').update(String(input['MessageBody'])).digest('hex');
      const QueueUrl = `http://${server.address}/000000000000/q`;
      response
        .setHeader('content-type', 'application/x-amz-json-1.0')
        .end(JSON.stringify({ QueueUrl, MD5OfMessageBody }));
    });
  });
  return {
    messages,
    posts,
    bodies: () => messages.map(({ MessageBody }) => JSON.parse(String(MessageBody)) as Json),
    url: `http://${server.address}`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';

async function start() {
  const queues = await startQueues();
  const daemon = await TestDaemon.start({ settings: { AWS_ENDPOINT_URL_SQS: queues.url } });
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
  const code = {
    'index.js': `exports.handler = (event) => fetch(process.env.SINK, { method: 'POST', body: JSON.stringify(event) });`,
  };
  const fn = await here.daemon.function({ code, Environment: { Variables: { SINK: here.queues.url } } });
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

test('the AWS CLI puts a rule, a target and an event', async () => {
  await using here = await start();
  const aws = async (...args: string[]) => {
    const env = {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
      AWS_PROFILE: undefined,
      AWS_PAGER: '',
    };
    return runProgram(['aws', '--endpoint-url', here.daemon.endpoint, 'events', ...args], { env });
  };
  const put = await aws('put-rule', '--name', 'r', '--event-pattern', '{"source":["my.app"]}');
  assert.deepEqual(JSON.parse(put.stdout), { RuleArn: 'arn:aws:events:us-east-1:000000000000:rule/r' });
  await aws('put-targets', '--rule', 'r', '--targets', `Id=t,Arn=${queueArn}`);
  const entry = { Source: 'my.app', DetailType: 'd', Detail: '{"n":1}', Time: '2026-01-01T00:00:00Z' };
  const sent = await aws('put-events', '--entries', JSON.stringify([entry]));
  assert.equal((JSON.parse(sent.stdout) as Json)['FailedEntryCount'], 0);
  await eventually(() => here.queues.messages.length === 1, 'the event is delivered');
  assert.equal(here.queues.bodies()[0]?.['time'], '2026-01-01T00:00:00Z');
  const refused = await aws('delete-rule', '--name', 'r');
  assert.match(
    refused.stderr,
    /An error occurred \(ValidationException\) when calling the DeleteRule operation: Rule can't be deleted since it has targets\./,
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { eventually } from '../../../test/kit/eventually.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import { EventBench } from './test-kit/event-bench.ts';

const Arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const minutes = (count: number) => milliseconds(count * 60_000);

function start() {
  const bench = new EventBench();
  const { client } = bench;
  return Object.assign(bench, {
    rule: async (settings: Partial<PutRuleCommandInput>, target: Partial<Target> = {}) => {
      await client.send(new PutRuleCommand({ Name: 'r', ...settings }));
      await client.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn, ...target }] }));
    },
    put: (detail: unknown = {}, rest: { TraceHeader?: string } = {}) =>
      client.send(
        new PutEventsCommand({
          Entries: [{ Source: 'my.app', DetailType: 'd', Detail: JSON.stringify(detail), ...rest }],
        }),
      ),
    sent: (operation: string) => bench.told.filter((told) => told.operation === operation).map(({ input }) => input),
  });
}

const pattern = { EventPattern: '{"source":["my.app"]}' };

test('a rate runs its rule over and over, with the time at which it was due', async () => {
  await using here = start();
  await here.rule({ ScheduleExpression: 'rate(5 minutes)' });
  here.clock.advance(minutes(4));
  assert.equal(here.invoked.length, 0);
  here.clock.advance(minutes(6));
  await eventually(() => here.invoked.length === 2, 'both are delivered');
  const { id, ...first } = here.events[0] ?? {};
  assert.match(String(id), /^[0-9a-f-]{36}$/);
  assert.deepEqual(first, {
    version: '0',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: '2026-01-01T00:05:00Z',
    region: 'us-east-1',
    resources: ['arn:aws:events:us-east-1:000000000000:rule/r'],
    detail: {},
  });
  assert.equal(here.events[1]?.['time'], '2026-01-01T00:10:00Z');
  const [{ principal, sourceArn, functionArn } = {}] = here.invoked;
  assert.deepEqual(
    { principal, sourceArn, functionArn },
    { principal: 'events.amazonaws.com', sourceArn: 'arn:aws:events:us-east-1:000000000000:rule/r', functionArn: Arn },
  );
});

test('a schedule stops while its rule is disabled, and when it is deleted', async () => {
  await using here = start();
  await here.rule({ ScheduleExpression: 'cron(0/10 * * * ? *)' });
  await here.client.send(new DisableRuleCommand({ Name: 'r' }));
  here.clock.advance(minutes(25));
  await here.client.send(new EnableRuleCommand({ Name: 'r' }));
  here.clock.advance(minutes(10));
  await eventually(() => here.invoked.length === 1, 'it runs again');
  assert.equal(here.events[0]?.['time'], '2026-01-01T00:30:00Z');
  await here.client.send(new RemoveTargetsCommand({ Rule: 'r', Ids: ['t'] }));
  await here.client.send(new DeleteRuleCommand({ Name: 'r' }));
  assert.equal(here.clock.waiting, 0);
});

test('a time months away is waited for, and an update with the same schedule does not count anew', async () => {
  await using here = start();
  await here.rule({ ScheduleExpression: 'cron(0 12 1 7 ? 2026)' });
  here.clock.advance(minutes(60 * 24 * 100));
  await here.client.send(
    new PutRuleCommand({ Name: 'r', ScheduleExpression: 'cron(0 12 1 7 ? 2026)', Description: 'x' }),
  );
  here.clock.advance(minutes(60 * 24 * 100));
  await eventually(() => here.invoked.length === 1, 'it runs once');
  assert.equal(here.events[0]?.['time'], '2026-07-01T12:00:00Z');
  assert.equal(here.clock.waiting, 0, 'there is no later year');
});

test('events reach a target in their order, and one that fails holds up no other', async () => {
  await using here = start();
  await here.rule(pattern);
  here.delivery = { kind: 'refused', reason: 'unavailable', message: 'busy' };
  await here.put({ n: 0 });
  await eventually(() => here.clock.waiting === 1, 'it waits to be tried again');
  here.delivery = { kind: 'accepted' };
  await here.put({ n: 1 }, { TraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793' });
  await here.put({ n: 2 });
  await eventually(() => here.invoked.length === 3, 'the others are delivered');
  here.clock.advance(milliseconds(1000));
  await eventually(() => here.invoked.length === 4, 'it is tried again');
  assert.deepEqual(
    here.events.map(({ detail }) => (detail as { n: number }).n),
    [0, 1, 2, 0],
  );
  assert.equal(here.invoked[1]?.traceHeader, 'Root=1-5759e988-bd862e3fe1be46a994272793');
});

const deadLetters = { Arn: 'arn:aws:sqs:us-east-1:000000000000:dead' };

/** The attributes of the one dead letter, and its event. */
async function deadLetter(here: ReturnType<typeof start>) {
  await eventually(() => here.sent('SendMessage').length === 1, 'a dead letter is sent');
  const [{ MessageBody, MessageAttributes } = {}] = here.sent('SendMessage');
  const attributes = Object.entries(MessageAttributes as Record<string, { DataType: string; StringValue: string }>);
  assert.ok(attributes.every(([, { DataType }]) => DataType === 'String'));
  const event = JSON.parse(String(MessageBody)) as Record<string, unknown>;
  return { event, attributes: Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue])) };
}

test('what was tried as often as it may be goes to the dead-letter queue', async () => {
  await using here = start();
  await here.rule(pattern, { RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: deadLetters, Input: '{}' });
  here.delivery = { kind: 'refused', reason: 'unavailable', message: 'busy' };
  await here.put({ n: 1 });
  for (const attempts of [1, 2]) {
    await eventually(() => here.invoked.length === attempts && here.clock.waiting === 1, 'it waits');
    here.clock.advance(minutes(10));
  }
  const { event, attributes } = await deadLetter(here);
  assert.deepEqual(event['detail'], { n: 1 }, 'the event itself, not the input that was made of it');
  assert.deepEqual(attributes, {
    RULE_ARN: 'arn:aws:events:us-east-1:000000000000:rule/r',
    TARGET_ARN: Arn,
    ERROR_CODE: 'ERROR_FROM_TARGET',
    ERROR_MESSAGE: 'busy',
    RETRY_ATTEMPTS: '2',
    EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
  });
  assert.equal(here.invoked.length, 3);
});

test('what is too old is not tried again', async () => {
  await using here = start();
  await here.rule(pattern, { RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: deadLetters });
  here.delivery = { kind: 'refused', reason: 'unavailable', message: 'busy' };
  await here.put();
  while (here.sent('SendMessage').length === 0) {
    const before = here.invoked.length;
    await eventually(() => here.clock.waiting === 1 || here.sent('SendMessage').length > 0, 'it waits or is given up');
    if (here.clock.waiting === 0) break;
    here.clock.advance(minutes(1));
    await eventually(() => here.invoked.length > before, 'it is tried');
  }
  const { attributes } = await deadLetter(here);
  assert.equal(attributes['EXHAUSTED_RETRY_CONDITION'], 'MaximumEventAgeInSeconds');
});

test('what no attempt can mend is given up at once', async () => {
  const refusals = [
    ['not-found', 'NO_RESOURCE'],
    ['not-permitted', 'NO_PERMISSIONS'],
  ] as const;
  for (const [reason, code] of refusals) {
    await using here = start();
    await here.rule(pattern, { DeadLetterConfig: deadLetters });
    here.delivery = { kind: 'refused', reason, message: 'no' };
    await here.put();
    const { attributes } = await deadLetter(here);
    const { ERROR_CODE, RETRY_ATTEMPTS, EXHAUSTED_RETRY_CONDITION } = attributes;
    assert.deepEqual([ERROR_CODE, RETRY_ATTEMPTS, EXHAUSTED_RETRY_CONDITION], [code, '0', undefined]);
  }
});

test('a target that nothing here delivers to is kept, and its events are dead letters', async () => {
  await using here = start();
  const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
  await here.rule(pattern, {
    Arn: machine,
    RoleArn: 'arn:aws:iam::000000000000:role/r',
    DeadLetterConfig: deadLetters,
  });
  await here.put();
  const { attributes } = await deadLetter(here);
  assert.deepEqual([attributes['ERROR_CODE'], attributes['TARGET_ARN']], ['NO_RESOURCE', machine]);
});

test('a queue, a stream and a log group get the event as theirs', async () => {
  await using here = start();
  const queue = 'arn:aws:sqs:us-east-1:000000000000:q.fifo';
  const stream = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
  const group = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/g:*';
  const RoleArn = 'arn:aws:iam::000000000000:role/r';
  const Targets: Target[] = [
    { Id: 'q', Arn: queue, SqsParameters: { MessageGroupId: 'g' }, InputPath: '$.detail' },
    { Id: 's', Arn: stream, RoleArn, KinesisParameters: { PartitionKeyPath: '$.detail.key' }, Input: '{"in":1}' },
    { Id: 'l', Arn: group },
  ];
  await here.client.send(new PutRuleCommand({ Name: 'r', ...pattern }));
  await here.client.send(new PutTargetsCommand({ Rule: 'r', Targets }));
  await here.put({ key: 'k' }, { TraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793' });
  const operations = ['SendMessage', 'PutRecord', 'PutLogEvents'];
  await eventually(() => operations.every((name) => here.sent(name).length === 1), 'all are told');
  const [message] = here.sent('SendMessage');
  assert.deepEqual([message?.['MessageBody'], message?.['MessageGroupId']], ['{"key":"k"}', 'g']);
  assert.deepEqual(message?.['MessageSystemAttributes'], {
    AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793' },
  });
  const [record] = here.sent('PutRecord');
  const data = Buffer.from(String(record?.['Data']), 'base64').toString();
  assert.deepEqual([record?.['PartitionKey'], record?.['StreamName'], data], ['k', 's', '{"in":1}']);
  const [created] = here.sent('CreateLogStream');
  const [{ logStreamName, logGroupName, logEvents } = {}] = here.sent('PutLogEvents');
  assert.deepEqual([logGroupName, logStreamName], ['/aws/events/g', created?.['logStreamName']]);
  const [{ message: line = '', timestamp } = {}] = logEvents as { message?: string; timestamp?: number }[];
  assert.deepEqual((JSON.parse(line) as Record<string, unknown>)['detail'], { key: 'k' });
  assert.equal(timestamp, here.clock.now());
});

test('what a service calls wrong is not tried again', async () => {
  await using here = start();
  await here.rule(pattern, { Arn: 'arn:aws:sqs:us-east-1:000000000000:q' });
  here.status = 400;
  await here.put();
  await eventually(() => here.told.length > 0, 'the queue is asked for');
  await here.put();
  await eventually(() => here.told.length > 1, 'and again for the next event');
  assert.equal(here.clock.waiting, 0);
});

test('services of this daemon put events of aws sources, whoever calls over a socket does not', async () => {
  await using here = start();
  await here.rule({ EventPattern: '{"source":["aws.s3"]}' });
  const Entries = [{ Source: 'aws.s3', DetailType: 'Object Created', Detail: '{}' }];
  const { FailedEntryCount } = await here.client.send(new PutEventsCommand({ Entries }));
  assert.equal(FailedEntryCount, 0);
  await eventually(() => here.invoked.length === 1, 'the event is delivered');
  const { body } = await here.answer('PutEvents', JSON.stringify({ Entries }));
  assert.match(body, /NotAuthorizedForSourceException/);
});

test('what is under way is given up at the end', async () => {
  const here = start();
  await here.rule(pattern);
  await here.client.send(new PutRuleCommand({ Name: 's', ScheduleExpression: 'rate(1 hour)' }));
  here.delivery = { kind: 'refused', reason: 'unavailable', message: 'busy' };
  await here.put();
  await eventually(() => here.clock.waiting === 2, 'a retry and a schedule wait');
  await here[Symbol.asyncDispose]();
  assert.equal(here.clock.waiting, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutPermissionCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  type Target,
  TestEventPatternCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from '@aws-sdk/client-eventbridge';
import { clientOptions } from '../kit/service-client.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (resource: string) => `arn:aws:events:us-east-1:000000000000:${resource}`;
const queue = 'arn:aws:sqs:us-east-1:000000000000:q';
const EventPattern = '{"source":["my.app"]}';

async function start() {
  const daemon = await TestDaemon.start();
  const events = new EventBridgeClient(clientOptions(daemon.endpoint));
  return {
    daemon,
    events,
    rule: (settings: Partial<PutRuleCommandInput> = {}) => events.send(new PutRuleCommand({ Name: 'r', ...settings })),
    targets: (...Targets: Partial<Target>[]) =>
      events.send(
        new PutTargetsCommand({ Rule: 'r', Targets: Targets.map((target) => ({ Id: 't', Arn: queue, ...target })) }),
      ),
    async [Symbol.asyncDispose]() {
      events.destroy();
      await daemon[Symbol.asyncDispose]();
    },
  };
}

test('buses are created, described, changed, listed and deleted; one is always there', async () => {
  await using here = await start();
  const { events } = here;
  const first = await events.send(new DescribeEventBusCommand({}));
  assert.deepEqual([first.Name, first.Arn, first.Policy], ['default', arnOf('event-bus/default'), undefined]);
  const created = await events.send(
    new CreateEventBusCommand({ Name: 'orders', Description: 'd', Tags: [{ Key: 'a', Value: '1' }] }),
  );
  assert.deepEqual([created.EventBusArn, created.Description], [arnOf('event-bus/orders'), 'd']);
  await assert.rejects(events.send(new CreateEventBusCommand({ Name: 'orders' })), {
    name: 'ResourceAlreadyExistsException',
    message: 'Event bus orders already exists.',
  });
  await assert.rejects(events.send(new CreateEventBusCommand({ Name: 'a/b' })), {
    message: "Event bus name must not contain '/'.",
  });
  await assert.rejects(events.send(new CreateEventBusCommand({ Name: 'a b' })), {
    name: 'ValidationException',
    message:
      "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+",
  });
  await events.send(new UpdateEventBusCommand({ Name: 'orders', Description: 'e' }));
  const described = await events.send(new DescribeEventBusCommand({ Name: arnOf('event-bus/orders') }));
  assert.deepEqual([described.Name, described.Description], ['orders', 'e']);
  assert.ok(described.CreationTime instanceof Date);
  const one = await events.send(new ListEventBusesCommand({ Limit: 1 }));
  const two = await events.send(new ListEventBusesCommand({ Limit: 1, NextToken: one.NextToken }));
  const names = [one, two].map(({ EventBuses }) => EventBuses?.map(({ Name }) => Name));
  assert.deepEqual([...names, two.NextToken], [['default'], ['orders'], undefined]);
  await here.rule({ EventPattern, EventBusName: 'orders' });
  await assert.rejects(events.send(new DeleteEventBusCommand({ Name: 'orders' })), {
    message: "Event bus can't be deleted since it has rules.",
  });
  await events.send(new DeleteRuleCommand({ Name: 'r', EventBusName: 'orders' }));
  await events.send(new DeleteEventBusCommand({ Name: 'orders' }));
  await events.send(new DeleteEventBusCommand({ Name: 'orders' }));
  await assert.rejects(events.send(new DescribeEventBusCommand({ Name: 'orders' })), {
    name: 'ResourceNotFoundException',
    message: 'Event bus orders does not exist.',
  });
  await assert.rejects(events.send(new DeleteEventBusCommand({ Name: 'default' })), {
    message: 'Cannot delete event bus default.',
  });
});

test('the policy of a bus is put statement by statement or as a whole', async () => {
  await using here = await start();
  const { events } = here;
  const policy = async () => {
    const { Policy } = await events.send(new DescribeEventBusCommand({}));
    return Policy === undefined ? undefined : (JSON.parse(Policy) as unknown);
  };
  const permission = { Action: 'events:PutEvents', Principal: '111122223333', StatementId: 's' };
  await events.send(new PutPermissionCommand(permission));
  const Condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1' };
  await events.send(new PutPermissionCommand({ ...permission, Principal: '*', StatementId: 't', Condition }));
  const common = { Effect: 'Allow', Action: 'events:PutEvents', Resource: arnOf('event-bus/default') };
  assert.deepEqual(await policy(), {
    Version: '2012-10-17',
    Statement: [
      { Sid: 's', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, ...common },
      { Sid: 't', Principal: '*', ...common, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } },
    ],
  });
  await events.send(new RemovePermissionCommand({ StatementId: 's' }));
  await assert.rejects(events.send(new RemovePermissionCommand({ StatementId: 's' })), {
    name: 'ResourceNotFoundException',
    message: 'Statement with the provided id does not exist.',
  });
  await events.send(new RemovePermissionCommand({ RemoveAllPermissions: true }));
  assert.equal(await policy(), undefined);
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'w', Principal: '*', ...common }] });
  await events.send(new PutPermissionCommand({ Policy }));
  assert.deepEqual(await policy(), JSON.parse(Policy));
  await assert.rejects(events.send(new PutPermissionCommand({ Policy: 'no' })), { name: 'ValidationException' });
});

test('a rule is replaced as a whole when it is put again, and keeps its targets and tags', async () => {
  await using here = await start();
  const { events } = here;
  const { RuleArn } = await here.rule({ EventPattern, Description: 'd', Tags: [{ Key: 'a', Value: '1' }] });
  assert.equal(RuleArn, arnOf('rule/r'));
  await here.targets({});
  await here.rule({ ScheduleExpression: 'rate(1 day)', State: 'DISABLED', Tags: [{ Key: 'b', Value: '2' }] });
  const { $metadata, ...rule } = await events.send(new DescribeRuleCommand({ Name: 'r' }));
  assert.deepEqual(rule, {
    Name: 'r',
    Arn: RuleArn,
    ScheduleExpression: 'rate(1 day)',
    State: 'DISABLED',
    EventBusName: 'default',
    CreatedBy: '000000000000',
  });
  assert.equal($metadata.httpStatusCode, 200);
  const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'r' }));
  assert.deepEqual(Targets, [{ Id: 't', Arn: queue }]);
  const tags = async () => (await events.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn }))).Tags;
  assert.deepEqual(await tags(), [{ Key: 'a', Value: '1' }]);
  await events.send(new TagResourceCommand({ ResourceARN: RuleArn, Tags: [{ Key: 'c', Value: '3' }] }));
  await events.send(new UntagResourceCommand({ ResourceARN: RuleArn, TagKeys: ['a'] }));
  assert.deepEqual(await tags(), [{ Key: 'c', Value: '3' }]);
  await assert.rejects(events.send(new DeleteRuleCommand({ Name: 'r' })), {
    name: 'ValidationException',
    message: "Rule can't be deleted since it has targets.",
  });
  const removed = await events.send(new RemoveTargetsCommand({ Rule: 'r', Ids: ['t', 'absent'] }));
  assert.deepEqual([removed.FailedEntryCount, removed.FailedEntries], [0, []]);
  await events.send(new DeleteRuleCommand({ Name: 'r' }));
  await assert.rejects(events.send(new DescribeRuleCommand({ Name: 'r' })), {
    name: 'ResourceNotFoundException',
    message: 'Rule r does not exist on EventBus default.',
  });
});

test('rules are listed page by page, and by their target', async () => {
  await using here = await start();
  const { events } = here;
  await events.send(new CreateEventBusCommand({ Name: 'orders' }));
  for (const Name of ['c', 'a', 'b']) await here.rule({ Name, EventPattern, EventBusName: 'orders' });
  const Targets = [{ Id: 't', Arn: queue }];
  await events.send(new PutTargetsCommand({ Rule: 'b', EventBusName: arnOf('event-bus/orders'), Targets }));
  const one = await events.send(new ListRulesCommand({ EventBusName: 'orders', Limit: 2 }));
  const two = await events.send(new ListRulesCommand({ EventBusName: 'orders', Limit: 2, NextToken: one.NextToken }));
  const pages = [one, two].map(({ Rules }) => Rules?.map(({ Arn }) => Arn));
  assert.deepEqual(pages, [[arnOf('rule/orders/a'), arnOf('rule/orders/b')], [arnOf('rule/orders/c')]]);
  assert.deepEqual((await events.send(new ListRulesCommand({}))).Rules, []);
  const byTarget = await events.send(new ListRuleNamesByTargetCommand({ TargetArn: queue, EventBusName: 'orders' }));
  assert.deepEqual(byTarget.RuleNames, ['b']);
  await assert.rejects(events.send(new ListRulesCommand({ NextToken: 'x' })), { name: 'ValidationException' });
});

test('what is no rule is refused', async () => {
  await using here = await start();
  await assert.rejects(here.rule(), {
    name: 'ValidationException',
    message: 'Parameter(s) EventPattern or ScheduleExpression must be specified.',
  });
  await assert.rejects(here.rule({ ScheduleExpression: 'rate(1 minutes)' }), {
    name: 'ValidationException',
    message: 'Parameter ScheduleExpression is not valid.',
  });
  await here.events.send(new CreateEventBusCommand({ Name: 'orders' }));
  await assert.rejects(here.rule({ ScheduleExpression: 'rate(1 minute)', EventBusName: 'orders' }), {
    message: 'ScheduleExpression is supported only on the default event bus.',
  });
  await assert.rejects(here.rule({ EventPattern, EventBusName: 'absent' }), {
    name: 'ResourceNotFoundException',
    message: 'Event bus absent does not exist.',
  });
  await assert.rejects(here.rule({ EventPattern: '{"source":"a"}' }), {
    name: 'InvalidEventPatternException',
    message: 'Event pattern is not valid. Reason: "source" must be an object or an array',
  });
  await assert.rejects(here.rule({ EventPattern: '{' }), {
    name: 'InvalidEventPatternException',
    message: 'Event pattern is not valid. Reason: Invalid JSON',
  });
});

test('what cannot be a target is refused, and nothing of the request is taken', async () => {
  await using here = await start();
  const refused = async (target: Partial<Target>, message: string) =>
    assert.rejects(here.targets({ Id: 'good' }, target), { name: 'ValidationException', message });
  await assert.rejects(here.targets({}), { message: 'Rule r does not exist on EventBus default.' });
  await here.rule({ EventPattern });
  await refused({ Arn: 'q' }, 'Parameter q is not valid. Reason: Provided Arn is not in correct format.');
  await refused({ Arn: `${queue}.fifo` }, 'Parameter(s) SqsParameters must be specified for target: t.');
  const stream = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
  await refused({ Arn: stream }, `RoleArn is required for target ${stream}.`);
  await refused({ Input: 'no' }, 'JSON syntax error in input for target t');
  await refused({ InputPath: 'no' }, 'InputPath for target t is invalid.');
  await refused(
    { Input: '{}', InputPath: '$' },
    'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
  );
  await refused(
    { InputTransformer: { InputTemplate: '"<a> <b>"', InputPathsMap: { a: '$.a' } } },
    'InputTemplate for target t contains invalid placeholder b.',
  );
  await refused({ InputTransformer: { InputTemplate: 'no' } }, 'Invalid InputTemplate for target t.');
  await assert.rejects(here.targets(...['a', 'b', 'c', 'd', 'e', 'f'].map((Id) => ({ Id }))), {
    name: 'LimitExceededException',
    message: 'The requested resource exceeds the maximum number allowed.',
  });
  assert.deepEqual((await here.events.send(new ListTargetsByRuleCommand({ Rule: 'r' }))).Targets, []);
});

test('a pattern is tried on an event', async () => {
  await using here = await start();
  const Event = JSON.stringify({
    id: '1',
    account: '000000000000',
    source: 'my.app',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    'detail-type': 'd',
    detail: { level: 5 },
  });
  const result = async (pattern: unknown, event = Event) =>
    (await here.events.send(new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event: event })))
      .Result;
  assert.equal(await result({ detail: { level: [{ numeric: ['>', 4] }] } }), true);
  assert.equal(await result({ $or: [{ source: ['x'] }, { detail: { level: [{ 'anything-but': 5 }] } }] }), false);
  await assert.rejects(result({ source: ['x'] }, '{}'), { message: 'Parameter Event is not valid.' });
  const deep = `${Event.slice(0, -1)},"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  await assert.rejects(result({ deep: ['x'] }, deep), { message: 'Parameter Event is not valid.' });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { events } from '../../aws/generated/events.ts';
import { membersOf, structureNamed } from '../../aws/service-table.ts';
import { EventBench } from './test-kit/event-bench.ts';

/** Values that lead far into an operation, by the name of a member. */
const known: Readonly<Record<string, readonly unknown[]>> = {
  Name: ['r', 'default', 'bus'],
  Rule: ['r'],
  EventBusName: ['default', 'bus', 'arn:aws:events:us-east-1:000000000000:event-bus/bus'],
  EventPattern: [
    '{"source":["s"]}',
    '{"a":[{"prefix":1}]}',
    '{"a":{"$or":[{},{}]}}',
    `{"a":${'{"a":'.repeat(600)}["x"]${'}'.repeat(601)}`,
  ],
  ScheduleExpression: ['rate(1 minute)', 'cron(0 0 ? * 2#1 *)', 'cron(0 0 L W ? *)'],
  Event: ['{}', '{"id":1,"account":1,"source":"s","time":1,"region":1,"resources":[],"detail-type":1}'],
  ResourceARN: [
    'arn:aws:events:us-east-1:000000000000:rule/r',
    'arn:aws:events:us-east-1:000000000000:event-bus/bus',
    'arn:aws:events:::x',
  ],
  Targets: [
    [{ Id: 't', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f' }],
    [{ Id: 'u', Arn: 'arn:aws:x:::y', InputTransformer: { InputTemplate: '"<a>"', InputPathsMap: { a: '$.a[*]' } } }],
    [{ Id: 'v', Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/bus', InputPath: '$.x' }],
  ],
  Entries: [
    [{ Source: 's', DetailType: 'd', Detail: '{"a":[1,{"b":null}]}', Time: 1e15 }],
    [{ Source: 's', DetailType: 'd', Detail: '{}', Time: 1, EventBusName: 'bus', Resources: ['r'] }],
    [{ Source: 's', DetailType: 'd', Detail: '{"__proto__":1,"source":{}}' }, {}],
  ],
  Ids: [['t']],
  Tags: [[{ Key: 'k', Value: 'v' }]],
  Policy: ['{"Statement":{"Sid":"s"}}', '{"Statement":[1]}', 'null'],
  NextToken: [Buffer.from('after:a').toString('base64')],
};

const inputs = Object.entries(events.operations).map(([operation, { input = '' }]) => {
  const members = membersOf(structureNamed(events, input)).map(([name]) => {
    const values = fc.constantFrom(...(known[name] ?? ['s']));
    return [name, fc.oneof({ weight: 6, arbitrary: values }, { weight: 1, arbitrary: fc.jsonValue() })] as const;
  });
  return fc.record(Object.fromEntries(members), { requiredKeys: [] }).map((made) => [operation, made] as const);
});

test('whatever an operation is given, it answers, and never with a fault of its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...inputs), { minLength: 10, maxLength: 40 }), async (calls) => {
      await using bench = new EventBench();
      for (const [operation, input] of calls) {
        const { status, body } = await bench.answer(operation, JSON.stringify(input));
        assert.ok(status === 200 || status === 400, `${operation} ${JSON.stringify(input)}: ${status} ${body}`);
      }
    }),
    { numRuns: 60 },
  );
});

test('a body that is no JSON, and an operation that there is none of, are refused', async () => {
  await using bench = new EventBench();
  for (const [operation, body] of [
    ['PutRule', '{'],
    ['PutRule', '[]'],
    ['PutEvents', ''],
    ['Unheard', '{}'],
  ] as const) {
    const { status } = await bench.answer(operation, body);
    assert.equal(status, 400, `${operation} ${body}`);
  }
  assert.equal((await bench.answer('CreateArchive', '{}')).status, 501);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountId, region, scopeOf } from '../../../aws/scope.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import { BusStore } from '../bus/bus-store.ts';
import type { Target } from '../bus/event-bus.ts';
import { busEvent } from '../bus-event.ts';
import { fillTemplate, isTemplate } from './input-template.ts';
import { parsePath } from './json-path.ts';
import { inputOf } from './target-input.ts';

const clock = new VirtualClock();
const scope = scopeOf(accountId('123456789012'), region('us-east-1'));
const store = new BusStore(clock);
const settings = { pattern: undefined, schedule: undefined, description: undefined, roleArn: undefined };
const rule = store.createRule(store.require(scope), 'my-rule', settings, 'ENABLED');
const event = busEvent({
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  scope,
  source: 'my.app',
  detailType: 'state-change',
  time: clock.now(),
  received: clock.now(),
  resources: ['r1', 'r2'],
  detailText:
    '{"instance-id":"i-0","state":"RUN\\"NING","count":12345678901234567890,"tags":[{"k":"a"},{"k":"b"}],"none":null}',
});
const input = (options: Partial<Target>) => inputOf({ Id: 't', Arn: 'a', ...options }, rule, event);
const transformed = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) =>
  input({ InputTransformer: { InputTemplate, InputPathsMap } });

test('a target gets the whole event, with its numbers as they were', () => {
  assert.equal(
    input({}),
    '{"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","detail-type":"state-change","source":"my.app",' +
      '"account":"123456789012","time":"2026-01-01T00:00:00Z","region":"us-east-1","resources":["r1","r2"],' +
      '"detail":{"instance-id":"i-0","state":"RUN\\"NING","count":12345678901234567890,"tags":[{"k":"a"},{"k":"b"}],"none":null}}',
  );
});

test('a constant or a part takes its place', () => {
  assert.equal(input({ Input: '{"a": 1}' }), '{"a": 1}');
  assert.equal(input({ InputPath: '$.detail' }), event.detailText);
  assert.equal(input({ InputPath: '$.detail.instance-id' }), '"i-0"');
  assert.equal(input({ InputPath: '$.detail.absent' }), 'null');
});

test('variables stand in JSON as values, and in strings as text', () => {
  const paths = { id: '$.detail.instance-id', state: '$.detail.state', tags: '$.detail.tags[*].k', none: '$.nowhere' };
  assert.equal(
    transformed(
      '{"id": <id>, "state": "is <state>", "list": [9, <tags>, true], "none": "<none>", "not": <none>}',
      paths,
    ),
    '{"id": "i-0", "state": "is RUN\\"NING", "list": [9, ["a","b"], true], "none": "", "not": ""}',
  );
  assert.equal(transformed('"instance <id> is <state>"', paths), '"instance i-0 is RUN\\"NING"');
  assert.equal(transformed('"line <id>"\n"has \\"<tags>\\""', paths), '"line i-0"\n"has \\"[\\"a\\",\\"b\\"]\\""');
  assert.equal(transformed('<whole>', { whole: '$.detail.tags[0]' }), '{"k":"a"}');
});

test('the predefined variables are there without a path', () => {
  const made = JSON.parse(
    transformed(`{
      "arn": <aws.events.rule-arn>, "name": "<aws.events.rule-name>", "at": <aws.events.event.ingestion-time>,
      "event": <aws.events.event>, "all": <aws.events.event.json>
    }`),
  ) as Record<string, unknown>;
  const { detail, ...withoutDetail } = event.value;
  assert.deepEqual(made, {
    arn: 'arn:aws:events:us-east-1:123456789012:rule/my-rule',
    name: 'my-rule',
    at: '2026-01-01T00:00:00.000Z',
    event: withoutDetail,
    all: { ...withoutDetail, detail },
  });
});

test('a filled template is JSON whatever the values are', () => {
  const template = '{"a": <a>, "b": "x <b> \\" <a>", "c": [<b>]}';
  assert.ok(isTemplate(template));
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const made = JSON.parse(fillTemplate(template, (name) => (name === 'a' ? a : b))) as Record<string, unknown>;
      assert.deepEqual(made['a'], JSON.parse(JSON.stringify(a)));
      assert.deepEqual(made['c'], [JSON.parse(JSON.stringify(b))]);
    }),
  );
});

test('what makes no JSON is no template', () => {
  for (const text of ['hello <a>', '{"a": <a>', '{"a": <a> <b>}', '"a" b', '<a>\n{'])
    assert.ok(!isTemplate(text), text);
  for (const text of ['<a>', '"a"', '"a <a>"\n\n"b"', '[<a>]']) assert.ok(isTemplate(text), text);
});

test('paths find what is there, and any text is a path or none', () => {
  const value = { a: { 'b-c': [1, { d: 2 }] }, e: null, 'x y': 3 };
  const cases: readonly (readonly [string, unknown])[] = [
    ['$', value],
    ['$.a.b-c[0]', 1],
    ['$.a.b-c[1].d', 2],
    ['$.a.b-c[*].d', [2]],
    ['$.a.*', [[1, { d: 2 }]]],
    ["$['x y']", 3],
    ['$.e', null],
    ['$.e.f', undefined],
    ['$.constructor', undefined],
    ['$.a.b-c[7]', undefined],
  ];
  for (const [path, found] of cases) assert.deepEqual(parsePath(path)?.(value), found, path);
  for (const path of ['', 'a', '$a', '$.', '$..a', '$.a[', '$.a[x]', '$.a b'])
    assert.equal(parsePath(path), undefined, path);
  fc.assert(fc.property(fc.string(), fc.jsonValue(), (path, any) => void parsePath(`$${path}`)?.(any)));
});

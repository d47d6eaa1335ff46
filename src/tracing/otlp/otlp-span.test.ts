import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spansOf } from './otlp-span.ts';

test('a segment and its subsegments become spans of one trace', () => {
  const [whole, inner, ...more] = spansOf({
    id: '53995c3f42cd8ad8',
    name: 'greeter',
    trace_id: '1-5759e988-bd862e3fe1be46a994272793',
    start_time: 1_480_615_200.010_5,
    end_time: 1_480_615_200.09,
    parent_id: '0000000000000001',
    origin: 'AWS::Lambda',
    fault: true,
    http: { response: { status: 500 } },
    aws: { request_id: 'r', account_id: '000000000000' },
    annotations: { tenant: 'blue', share: 0.5, count: 3, hot: true, list: [] },
    cause: { exceptions: [{ id: '0000000000000002', type: 'Error', message: 'no' }] },
    subsegments: [{ id: '0000000000000003', name: 'S3', start_time: 1, end_time: 2, namespace: 'aws' }],
  });
  assert.deepEqual(more, []);
  assert.partialDeepStrictEqual(whole, {
    traceId: '5759e988bd862e3fe1be46a994272793',
    spanId: '53995c3f42cd8ad8',
    parentSpanId: '0000000000000001',
    kind: 2,
    startTimeUnixNano: '1480615200010500000',
    endTimeUnixNano: '1480615200090000000',
    status: { code: 2, message: 'no' },
    events: [{ name: 'exception', timeUnixNano: '1480615200090000000' }],
  });
  assert.deepEqual(Object.fromEntries(whole?.attributes.map(({ key, value }) => [key, value]) ?? []), {
    'aws.xray.origin': { stringValue: 'AWS::Lambda' },
    'http.response.status_code': { intValue: '500' },
    'faas.invocation_id': { stringValue: 'r' },
    'cloud.account.id': { stringValue: '000000000000' },
    tenant: { stringValue: 'blue' },
    share: { doubleValue: 0.5 },
    count: { intValue: '3' },
    hot: { boolValue: true },
  });
  assert.partialDeepStrictEqual(inner, { name: 'S3', parentSpanId: '53995c3f42cd8ad8', kind: 3 });
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { fails } from '../control-plane.fixture.ts';
import { recognisedSource } from './event-source.ts';

const of = (rest: string): string => `arn:aws:${rest}`;

test('each kind of source is recognised by its ARN', () => {
  const kinds: [string, object][] = [
    ['sqs:us-east-1:000000000000:orders', { kind: 'sqs', fifo: false }],
    ['sqs:us-east-1:000000000000:orders.fifo', { kind: 'sqs', fifo: true }],
    ['kinesis:us-east-1:000000000000:stream/clicks', { kind: 'kinesis', reads: 'stream' }],
    ['kinesis:us-east-1:000000000000:stream/clicks/consumer/c:1700000000', { kind: 'kinesis', reads: 'consumer' }],
    ['dynamodb:us-east-1:000000000000:table/t/stream/2026-01-01T00:00:00.000', { kind: 'dynamodb' }],
    ['kafka:us-east-1:000000000000:cluster/c/11111111-1111-4111-8111-111111111111-1', { kind: 'msk' }],
    ['kafka:us-east-1:000000000000:vpc-connection/000000000000/c/1', { kind: 'msk' }],
    ['mq:us-east-1:000000000000:broker:b:b-1', { kind: 'mq' }],
    ['rds:us-east-1:000000000000:cluster:docs', { kind: 'documentdb' }],
  ];
  for (const [rest, kind] of kinds) {
    assert.deepEqual(recognisedSource({ EventSourceArn: of(rest) }), { ...kind, arn: of(rest) });
  }
});

test('brokers of its own make a self-managed source', () => {
  const Endpoints = { KAFKA_BOOTSTRAP_SERVERS: ['a:9092', 'b:9092'] };
  assert.deepEqual(recognisedSource({ SelfManagedEventSource: { Endpoints } }), {
    kind: 'self-managed-kafka',
    brokers: ['a:9092', 'b:9092'],
  });
});

test('anything else is no source, and neither are two at once', () => {
  const unrecognised = fails('InvalidParameterValueException', 'Unrecognized event source.');
  const queue = of('sqs:us-east-1:000000000000:q');
  const Endpoints = { KAFKA_BOOTSTRAP_SERVERS: ['a:9092'] };
  const inputs = [
    {},
    { SelfManagedEventSource: {} },
    { EventSourceArn: queue, SelfManagedEventSource: { Endpoints } },
    ...['s3:::bucket', 'kinesis:us-east-1:000000000000:stream', 'dynamodb:us-east-1:000000000000:table/t'].map(
      (rest) => ({ EventSourceArn: of(rest) }),
    ),
  ];
  for (const input of inputs) assert.throws(() => recognisedSource(input), unrecognised);
});

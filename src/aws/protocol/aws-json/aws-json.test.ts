import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kms } from '../../generated/kms.ts';
import { sqs } from '../../generated/sqs.ts';
import { ServiceError } from '../../service-error.ts';
import { compileAwsJson } from './aws-json.ts';

const olderName = (protocol: ReturnType<typeof compileAwsJson>, code: string, type?: 'Service'): string | undefined =>
  protocol.encodeError(new ServiceError(code, 'text', type === undefined ? {} : { type }), 'request-1').headers[
    'x-amzn-query-error'
  ];

test('a service that spoke the query protocol tells the older name of every error', () => {
  const protocol = compileAwsJson(sqs, '1.0', true);
  assert.equal(olderName(protocol, 'QueueDoesNotExist'), 'AWS.SimpleQueueService.NonExistentQueue;Sender');
  assert.equal(olderName(protocol, 'InvalidParameterValue'), 'InvalidParameterValue;Sender');
  assert.equal(olderName(protocol, 'InternalFailure', 'Service'), 'InternalFailure;Receiver');
});

test('a service that never did tells none, though its model has older names', () => {
  assert.equal(olderName(compileAwsJson(kms, '1.1'), 'NotFoundException'), undefined);
});

test('an operation that the service does not have is refused by name', () => {
  const { body, status } = compileAwsJson(sqs, '1.0').encodeError(
    compileAwsJson(sqs, '1.0').unknownOperation('Teleport'),
    'request-1',
  );
  assert.equal(status, 400);
  assert.deepEqual(JSON.parse(String(body)), {
    __type: 'UnknownOperationException',
    message: 'sqs has no operation Teleport.',
  });
});

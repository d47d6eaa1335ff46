import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountId, region, scopeOf } from '../../../aws/scope.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { scope } from './queue.fixture.ts';
import { type QueueUrlForm, QueueUrls, readQueueUrl } from './queue-urls.ts';

const publicOrigin = () => 'http://localhost.localstack.cloud:4566';
const there = scopeOf(accountId('111111111111'), region('eu-west-1'));
const urlIn = (form: QueueUrlForm) =>
  new QueueUrls({ form, publicOrigin }).urlOf({ scope: there, name: 'q.fifo' }, 'http://localhost:4566');

test('the URL of a queue has the form that was chosen', () => {
  assert.equal(urlIn('dynamic'), 'http://localhost:4566/111111111111/q.fifo');
  assert.equal(urlIn('off'), 'http://localhost.localstack.cloud:4566/111111111111/q.fifo');
  assert.equal(urlIn('path'), 'http://localhost.localstack.cloud:4566/queue/eu-west-1/111111111111/q.fifo');
  assert.equal(urlIn('standard'), 'http://sqs.eu-west-1.localhost.localstack.cloud:4566/111111111111/q.fifo');
  assert.equal(urlIn('domain'), 'http://eu-west-1.queue.localhost.localstack.cloud:4566/111111111111/q.fifo');
});

test('a URL that names its region is read as it was written, whoever asks', () => {
  for (const form of ['path', 'standard', 'domain'] as const) {
    assert.deepEqual(readQueueUrl(urlIn(form), scope), { scope: there, name: 'q.fifo' });
  }
});

test('the region of other URLs is that of the caller', () => {
  for (const url of [
    'http://localhost:4566/111111111111/a',
    '/111111111111/a',
    'https://any.host/111111111111/a/?x=1',
  ]) {
    assert.deepEqual(readQueueUrl(url, scope), { scope: scopeOf(accountId('111111111111'), scope.region), name: 'a' });
  }
});

test('any other text is refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl()), (url) => {
      try {
        readQueueUrl(url, scope);
        assert.match(url, /\/\d{12}\/[^/]/);
      } catch (error) {
        assert.ok(error instanceof ServiceError && error.code === 'InvalidAddress');
      }
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LocalNames } from './local-names.ts';

const names = new LocalNames({ publicHost: 'Lambda.Example.com', upstream: [/^(?:.*ecr.*\.amazonaws\.com)/i] });

test('names of the daemon and of AWS services are ours, with all that is below them', () => {
  for (const name of [
    'localhost.localstack.cloud',
    'id.lambda-url.us-east-1.localhost.localstack.cloud',
    'lambda.example.com',
    'sqs.lambda.example.com',
    'lambda.us-east-1.amazonaws.com',
    'bucket.s3.amazonaws.com',
    'lambda.cn-north-1.amazonaws.com.cn',
    'lambda.us-east-1.api.aws',
  ]) {
    assert.equal(names.include(name), true, name);
  }
});

test('all others are not, whatever they look like', () => {
  for (const name of [
    '',
    'com',
    'example.com',
    'amazonaws.com',
    'api.aws',
    'evilamazonaws.com',
    'amazonaws.com.evil.org',
    'localstack.cloud',
    String.raw`evil\046amazonaws.com`,
  ]) {
    assert.equal(names.include(name), false, name);
  }
});

test('patterns of the user leave names to the real resolvers', () => {
  assert.equal(names.include('api.ecr.us-east-1.amazonaws.com'), false);
  assert.equal(names.include('lambda.us-east-1.amazonaws.com'), true);
});

test('a public host without a dot claims no top-level domain', () => {
  const bare = new LocalNames({ publicHost: 'localhost', upstream: [] });
  assert.equal(bare.include('app.localhost'), false);
});

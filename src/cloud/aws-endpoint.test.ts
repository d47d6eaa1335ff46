import assert from 'node:assert/strict';
import { test } from 'node:test';
import { region } from '../aws/scope.ts';
import { awsEndpoint } from './aws-endpoint.ts';

test('each partition has its own domain', () => {
  assert.equal(awsEndpoint('lambda', region('eu-west-1')), 'https://lambda.eu-west-1.amazonaws.com');
  assert.equal(awsEndpoint('lambda', region('us-gov-west-1')), 'https://lambda.us-gov-west-1.amazonaws.com');
  assert.equal(awsEndpoint('lambda', region('cn-north-1')), 'https://lambda.cn-north-1.amazonaws.com.cn');
  assert.equal(awsEndpoint('lambda', region('eusc-de-east-1')), 'https://lambda.eusc-de-east-1.amazonaws.eu');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { requestScope } from './sigv4-scope.ts';

const signedWith = (credential: string) =>
  requestScope(`AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`);

test('twelve digits as the access key are the account', () => {
  assert.deepEqual(signedWith('123456789012/20260101/eu-central-1/lambda/aws4_request'), {
    partition: 'aws',
    account: '123456789012',
    region: 'eu-central-1',
  });
});

test('an LSIA or LKIA key holds its account', () => {
  assert.equal(signedWith('LSIAQNZGKIQY56JQ7WML/20260101/us-east-1/lambda/aws4_request').account, '029608264753');
  assert.equal(signedWith('LKIAQNZGKIQY56JQ7WML/20260101/us-east-1/lambda/aws4_request').account, '029608264753');
});

test('any other key is the default account', () => {
  for (const key of [
    'test',
    'AKIAQNZGKIQY56JQ7WML',
    '12345678901',
    'LSIA',
    'LSIA0000000000000000',
    'LSIA7777777777777777',
  ]) {
    assert.equal(signedWith(`${key}/20260101/us-east-1/lambda/aws4_request`).account, '000000000000', key);
  }
});

test('an unsigned request is in us-east-1 of the default account', () => {
  assert.deepEqual(requestScope(undefined), { partition: 'aws', account: '000000000000', region: 'us-east-1' });
});

test('a pre-signed request carries its scope in the query', () => {
  const scope = requestScope(
    undefined,
    'X-Amz-Credential=111122223333%2F20260101%2Fcn-north-1%2Flambda%2Faws4_request',
  );
  assert.deepEqual(scope, { partition: 'aws-cn', account: '111122223333', region: 'cn-north-1' });
});

test('a region that does not exist passes, what is no region does not', () => {
  assert.equal(signedWith('x/20260101/mars-north-7/lambda/aws4_request').region, 'mars-north-7');
  assert.equal(signedWith('x/20260101/nowhere/lambda/aws4_request').region, 'us-east-1');
});

test('garbage is never an error', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (header, query) => {
      for (const scope of [
        requestScope(header, query),
        signedWith(header),
        requestScope(undefined, `X-Amz-Credential=${query}`),
      ]) {
        assert.match(scope.account, /^\d{12}$/);
      }
    }),
  );
});

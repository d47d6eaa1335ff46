import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatArn, parseArn } from './arn.ts';

test('an ARN is taken apart at its first five colons', () => {
  assert.deepEqual(parseArn('arn:aws:lambda:eu-west-1:123456789012:function:f:1'), {
    partition: 'aws',
    service: 'lambda',
    region: 'eu-west-1',
    account: '123456789012',
    resource: 'function:f:1',
  });
  assert.equal(parseArn('arn:aws:s3:::bucket/key')?.resource, 'bucket/key');
});

test('what is not an ARN is nothing', () => {
  for (const text of ['', 'arn', 'arn:aws:lambda', 'arn:aws:lambda:r:a:', 'urn:aws:lambda:r:a:x', 'my-function']) {
    assert.equal(parseArn(text), undefined, text);
  }
});

test('what was taken apart is put together the same', () => {
  const part = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  const arn = fc.record(
    {
      partition: part,
      service: part,
      region: part,
      account: part,
      resource: fc.string({ minLength: 1 }),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(arn, (value) => assert.deepEqual(parseArn(formatArn(value)), value)));
});

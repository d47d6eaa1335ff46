import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatFunctionArn, parseFunctionReference } from './function-arn.ts';
import { accountId, region, scopeOf } from './scope.ts';

const reference = (text: string) => {
  const found = parseFunctionReference(text);
  return found && [found.partition, found.region, found.account, found.name, found.qualifier];
};

test('a function is named by its name, a partial ARN or an ARN', () => {
  const none = undefined;
  assert.deepEqual(reference('f'), [none, none, none, 'f', none]);
  assert.deepEqual(reference('f:1'), [none, none, none, 'f', '1']);
  assert.deepEqual(reference('function:f:$LATEST'), [none, none, none, 'f', '$LATEST']);
  assert.deepEqual(reference('123456789012:function:f'), [none, none, '123456789012', 'f', none]);
  assert.deepEqual(reference('arn:aws:lambda:us-east-1:123456789012:function:f:live'), [
    'aws',
    'us-east-1',
    '123456789012',
    'f',
    'live',
  ]);
  assert.deepEqual(reference('arn:aws-cn:lambda:cn-north-1:123456789012:function:f')?.[0], 'aws-cn');
});

test('an ARN that ends with "function" names a function of that name', () => {
  assert.deepEqual(reference('arn:aws:lambda:us-east-1:123456789012:function')?.slice(3), ['function', undefined]);
});

test('what the service refuses is nothing', () => {
  const refused = ['', '*', 'my-function!', 'f:1:2', 'f:$LATES', 'f:invalid!', 'arn:aws:sqs:us-east-1:123456789012:f'];
  for (const text of refused) assert.equal(parseFunctionReference(text), undefined, text);
});

test('an ARN that was made is read back', () => {
  const word = fc.stringMatching(/^[a-z][a-zA-Z0-9_-]{0,20}$/);
  fc.assert(
    fc.property(word, fc.option(word, { nil: undefined }), (name, qualifier) => {
      const arn = formatFunctionArn(scopeOf(accountId('123456789012'), region('us-gov-west-1')), name, qualifier);
      assert.deepEqual(reference(arn), ['aws-us-gov', 'us-gov-west-1', '123456789012', name, qualifier]);
    }),
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../aws/service-error.ts';
import { arn, fails, scope } from '../control-plane.fixture.ts';
import { addressFunction } from './function-address.ts';

test('a function is reached by its name, a partial ARN or its ARN, with or without a qualifier', () => {
  const rows: readonly (readonly [text: string, qualifier: string | undefined, reached: string])[] = [
    ['f', undefined, 'f'],
    ['f:1', undefined, 'f:1'],
    ['f', '$LATEST', 'f:$LATEST'],
    ['f:live', 'live', 'f:live'],
    ['function:f', undefined, 'f'],
    ['000000000000:f', undefined, 'f'],
    ['000000000000:function:f:2', undefined, 'f:2'],
    ['us-east-1:000000000000:function:f', undefined, 'f'],
    [arn('f'), undefined, 'f'],
    [`${arn('f')}:$LATEST`, undefined, 'f:$LATEST'],
    [`${arn('f')}:$LATEST.PUBLISHED`, undefined, 'f:$LATEST.PUBLISHED'],
    // An ARN without a name: the name is what stands in its place.
    ['arn:aws:lambda:us-east-1:000000000000:function', undefined, 'function'],
    ['n'.repeat(65), undefined, 'n'.repeat(65)],
    ['f', '$latest', 'f:$latest'],
  ];
  for (const [text, given, reached] of rows) {
    const { name, arn: found, qualifier } = addressFunction(scope, text, given);
    assert.equal(qualifier === undefined ? name : `${name}:${qualifier}`, reached, text);
    assert.equal(found, arn(name));
  }
});

test('what is no reference to a function is refused', () => {
  const texts = [
    '*',
    'my-function!',
    '',
    'f:',
    ':f',
    'f:1:2',
    'f:$LATES',
    'f:invalid!',
    'arn:aws:iam::000000000000:role/r',
    'arn:aws:lambda:invalid-region:000000000000:function:f',
    'arn:aws:lambda::000000000000:function:f',
    'arn:aws:lambda:us-east-1::function:f',
    'f\n',
  ];
  for (const text of texts) {
    assert.throws(() => addressFunction(scope, text), fails('ValidationException', /'functionName'/), text);
  }
});

test('functions elsewhere and qualifiers that differ are refused as AWS does', () => {
  const reach = (text: string, qualifier?: string) => () => addressFunction(scope, text, qualifier);
  assert.throws(
    reach('arn:aws:lambda:eu-west-1:000000000000:function:f'),
    fails('ResourceNotFoundException', "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"),
  );
  assert.throws(reach('123456789012:function:f'), fails('AccessDeniedException', ''));
  assert.throws(
    reach(`${arn('f')}:$LATEST`, '1'),
    fails(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    ),
  );
});

test('whatever the text, it is an address or an AWS error, and an address read again is the same', () => {
  const piece = fc.constantFrom(
    'arn',
    'aws',
    'lambda',
    'us-east-1',
    '000000000000',
    'function',
    'f',
    ':',
    '$LATEST',
    '1',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (written) => {
      try {
        const { name, arn: found, qualifier } = addressFunction(scope, written);
        const again = addressFunction(scope, qualifier === undefined ? found : `${found}:${qualifier}`);
        assert.deepEqual(again, { name, arn: found, qualifier });
      } catch (error) {
        assert.ok(error instanceof ServiceError, String(error));
      }
    }),
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../../aws/service-error.ts';
import { parsePolicy } from './parse-policy.ts';

const resource = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const statement = {
  Sid: 'one',
  Effect: 'Allow',
  Principal: { AWS: ['111111111111'], Service: 's3.amazonaws.com' },
  Action: ['lambda:InvokeFunction', 'lambda:Get*'],
  Resource: `${resource}:*`,
  Condition: { StringLike: { 'aws:SourceArn': ['a', 'b'] }, Bool: { x: true } },
};
const document = { Version: '2012-10-17', Id: 'mine', Statement: [statement] };
const parsed = (value: unknown, attachedTo = resource) => parsePolicy(JSON.stringify(value), attachedTo);

test('a policy keeps its members as they were written, and a lone statement becomes a list', () => {
  assert.deepEqual(parsed(document), document);
  assert.equal(JSON.stringify(parsed(document)), JSON.stringify(document));
  assert.deepEqual(parsed({ Statement: statement }), { Version: '2008-10-17', Statement: [statement] });
  assert.deepEqual(parsed(document, `${resource}:live`), document);
});

test('what is no policy is refused with a reason', () => {
  const changed = (changes: object) => ({ ...document, Statement: [{ ...statement, ...changes }] });
  const refusals: readonly [unknown, RegExp][] = [
    [[], /must be an object/],
    [{ ...document, Version: '2020-01-01' }, /Version/],
    [{ ...document, Id: 1 }, /Id must be/],
    [{ ...document, Extra: 1 }, /no element Extra/],
    [{ Version: '2012-10-17' }, /at least one statement/],
    [{ ...document, Statement: [] }, /at least one statement/],
    [{ ...document, Statement: [statement, statement] }, /must be unique/],
    [changed({ Effect: 'Maybe' }), /Effect/],
    [changed({ Sid: 'a b' }), /Sid/],
    [changed({ Principal: undefined }), /either Principal or NotPrincipal/],
    [changed({ NotPrincipal: '*' }), /either Principal or NotPrincipal/],
    [changed({ Principal: 'me' }), /must be an object/],
    [changed({ Principal: {} }), /must not be empty/],
    [changed({ Principal: { Friends: 'me' } }), /type Friends/],
    [changed({ Principal: { AWS: [] } }), /Principal must be/],
    [changed({ Action: 's3:GetObject' }), /s3:GetObject/],
    [changed({ Action: [1] }), /Action must be/],
    [changed({ Resource: 'arn:aws:lambda:us-east-1:000000000000:function:other' }), /not the one/],
    [changed({ Resource: `${resource}2` }), /not the one/],
    [changed({ Condition: [] }), /Condition must be/],
    [changed({ Condition: { Guess: { a: 'b' } } }), /Guess/],
    [changed({ Condition: { StringLike: { a: {} } } }), /condition key a/],
    [changed({ Effects: 1 }), /no element Effects/],
  ];
  for (const [value, reason] of refusals) {
    assert.throws(
      () => parsed(value),
      (error) => error instanceof ServiceError && reason.test(error.message),
      String(reason),
    );
  }
  assert.throws(() => parsePolicy('{', resource), /not valid JSON/);
});

test('whatever the text, there is a policy or one kind of refusal', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ ...document, Statement: value })),
    fc.jsonValue().map((value) => JSON.stringify({ ...document, Statement: [{ ...statement, Condition: value }] })),
    fc.jsonValue().map((value) => JSON.stringify({ ...document, Statement: [{ ...statement, Principal: value }] })),
  );
  fc.assert(
    fc.property(text, (given) => {
      try {
        const policy = parsePolicy(given, resource);
        assert.deepEqual(parsePolicy(JSON.stringify(policy), resource), policy);
      } catch (error) {
        assert.ok(error instanceof ServiceError, String(error));
        assert.equal(error.code, 'InvalidParameterValueException');
      }
    }),
  );
});

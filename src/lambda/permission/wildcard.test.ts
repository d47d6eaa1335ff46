import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { matchesArn, matchesWildcard } from './wildcard.ts';

const short = (letters: string) => fc.string({ unit: fc.constantFrom(...letters.split('')), maxLength: 12 });

test('a pattern matches what the same regular expression matches', () => {
  fc.assert(
    fc.property(short('ab*?'), short('ab'), (pattern, text) => {
      const source = pattern.replaceAll('*', '.*').replaceAll('?', '.');
      assert.equal(matchesWildcard(pattern, text), new RegExp(`^${source}$`, 's').test(text));
    }),
    { numRuns: 2000 },
  );
});

test('a pattern of many stars on a long text is answered at once', () => {
  assert.equal(matchesWildcard(`${'*a'.repeat(200)}b`, 'a'.repeat(20_000)), false);
});

test('in an ARN a star stays within its part, and the last part may hold colons', () => {
  const arn = 'arn:aws:execute-api:eu-west-1:123456789012:api/stage/GET/pets';
  for (const pattern of [arn, 'arn:aws:execute-api:*:123456789012:api/*', 'arn:*:execute-api:eu-west-?:*:*']) {
    assert.ok(matchesArn(pattern, arn), pattern);
  }
  for (const pattern of ['arn:aws:*', 'arn:aws:execute-api:*:api/stage/GET/pets', 'arn:aws:s3:*:*:*', '*']) {
    assert.ok(!matchesArn(pattern, arn), pattern);
  }
  assert.ok(matchesArn('arn:aws:lambda:*:*:function:*', 'arn:aws:lambda:us-east-1:1:function:f:live'));
});

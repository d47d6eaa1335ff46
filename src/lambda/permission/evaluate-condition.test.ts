import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { conditionHolds, isConditionOperator } from './evaluate-condition.ts';
import type { PolicyCondition } from './policy-document.ts';

const context = new Map([
  ['aws:sourcearn', ['arn:aws:s3:::bucket']],
  ['aws:sourceaccount', ['123456789012']],
  ['lambda:invokedviafunctionurl', ['true']],
  ['aws:sourceip', ['192.0.2.7']],
  ['aws:currenttime', ['2026-11-22T12:00:00Z']],
  ['aws:tagkeys', ['team', 'stage']],
  ['n', ['5']],
]);

const holds = (condition: PolicyCondition): boolean => conditionHolds(condition, context);

test('every operator compares as IAM does', () => {
  const yes: readonly PolicyCondition[] = [
    {},
    { StringEquals: { 'AWS:SourceAccount': '123456789012' } },
    { StringEquals: { 'aws:SourceAccount': ['1', '123456789012'] } },
    { StringNotEquals: { 'aws:SourceAccount': ['1', '2'] } },
    { StringEqualsIgnoreCase: { 'aws:SourceArn': 'ARN:aws:s3:::BUCKET' } },
    { StringNotEqualsIgnoreCase: { 'aws:SourceArn': 'x' } },
    { StringLike: { 'aws:SourceArn': '*:s3:*buck?t' } },
    { StringNotLike: { 'aws:SourceArn': '*:sqs:*' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:bucket' } },
    { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::bucket' } },
    { ArnNotLike: { 'aws:SourceArn': 'arn:aws:s3:::other*' } },
    { ArnNotEquals: { 'aws:SourceArn': 'arn:aws:s3:::other' } },
    { Bool: { 'lambda:InvokedViaFunctionUrl': 'TRUE' } },
    { Bool: { 'lambda:InvokedViaFunctionUrl': true } },
    { NumericEquals: { n: 5 }, NumericLessThan: { n: '6' }, NumericGreaterThanEquals: { n: '5.0' } },
    { NumericNotEquals: { n: '4' }, NumericGreaterThan: { n: '-1' }, NumericLessThanEquals: { n: '5' } },
    { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
    { DateLessThan: { 'aws:CurrentTime': '4000000000' }, DateNotEquals: { 'aws:CurrentTime': '0' } },
    { DateEquals: { 'aws:CurrentTime': '2026-11-22T13:00:00+01:00' } },
    { DateLessThanEquals: { 'aws:CurrentTime': '2026-11-22T12:00:00Z' } },
    { DateGreaterThanEquals: { 'aws:CurrentTime': '2026-11-22T12:00:00Z' } },
    { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '192.0.2.0/24'] } },
    { IpAddress: { 'aws:SourceIp': '192.0.2.7' } },
    { NotIpAddress: { 'aws:SourceIp': '2001:db8::/32' } },
    { BinaryEquals: { n: '5' } },
    { Null: { absent: 'true', n: 'false' } },
    { StringEqualsIfExists: { absent: 'x' } },
    { StringNotEquals: { absent: 'x' } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } },
    { 'ForAllValues:StringLike': { 'aws:TagKeys': ['t*', 's*'] } },
    { 'ForAllValues:StringEquals': { absent: 'x' } },
  ];
  for (const condition of yes) assert.equal(holds(condition), true, JSON.stringify(condition));
  const no: readonly PolicyCondition[] = [
    { StringEquals: { absent: 'x' } },
    { StringEquals: { 'aws:SourceAccount': '123456789012', n: '6' } },
    { StringEquals: { 'aws:SourceArn': '*' } },
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*' } },
    { Bool: { 'lambda:InvokedViaFunctionUrl': 'false' } },
    { NumericEquals: { n: 'five' } },
    { NumericEquals: { n: '' } },
    { DateEquals: { 'aws:CurrentTime': 'yesterday' } },
    { IpAddress: { 'aws:SourceIp': ['192.0.2.0/99', 'x', '10.0.0.0/8', '::/0'] } },
    { NotIpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    { Null: { n: 'true' } },
    { StringEqualsIfExists: { n: 'x' } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['other'] } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
    { SmellsLike: { n: '5' } },
  ];
  for (const condition of no) assert.equal(holds(condition), false, JSON.stringify(condition));
});

test('an operator is known with its prefixes and suffix, and otherwise not', () => {
  for (const known of ['ArnLike', 'BoolIfExists', 'Null', 'ForAllValues:StringLikeIfExists']) {
    assert.ok(isConditionOperator(known), known);
  }
  for (const unknown of ['arnlike', 'NullIfExists', 'ForSome:StringLike', 'toString', '', 'constructor']) {
    assert.ok(!isConditionOperator(unknown), unknown);
  }
});

test('an operator and its negation never agree about a key that is there', () => {
  const pairs = [
    ['StringEquals', 'StringNotEquals'],
    ['StringLike', 'StringNotLike'],
    ['ArnLike', 'ArnNotLike'],
    ['IpAddress', 'NotIpAddress'],
  ] as const;
  const value = fc.oneof(fc.string({ maxLength: 6 }), fc.ipV4(), fc.constant('arn:aws:s3:::b'), fc.constant('*'));
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      value,
      fc.array(value, { minLength: 1 }),
      ([operator, not], given, wanted) => {
        const one = new Map([['k', [given]]]);
        assert.notEqual(
          conditionHolds({ [operator]: { K: wanted } }, one),
          conditionHolds({ [not]: { K: wanted } }, one),
        );
      },
    ),
  );
});

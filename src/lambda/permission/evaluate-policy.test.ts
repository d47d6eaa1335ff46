import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Caller, evaluatePolicy, type PolicyRequest } from './evaluate-policy.ts';
import type { PolicyStatement } from './policy-document.ts';

const resource = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const account = (number: string, name = 'root'): Caller => ({
  kind: 'account',
  account: number,
  arn: `arn:aws:iam::${number}:${name}`,
});
const friend = account('111111111111');
const request = (changes: Partial<PolicyRequest> = {}): PolicyRequest => ({
  caller: friend,
  action: 'lambda:InvokeFunction',
  resource,
  context: new Map(),
  ...changes,
});
const allow: PolicyStatement = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111111111111:root' },
  Action: 'lambda:InvokeFunction',
  Resource: resource,
};
const decided = (statement: Partial<PolicyStatement>, changes: Partial<PolicyRequest> = {}): string =>
  evaluatePolicy([{ ...allow, ...statement }], request(changes));
const without = (name: keyof PolicyStatement, more: Partial<PolicyStatement>): PolicyStatement => {
  const { [name]: _, ...rest } = allow;
  return { ...rest, ...more } as PolicyStatement;
};

test('a statement speaks of a request when principal, action, resource and condition do', () => {
  assert.equal(decided({}), 'allow');
  assert.equal(decided({ Effect: 'Deny' }), 'deny');
  assert.equal(decided({}, { caller: account('222222222222') }), 'not-applicable');
  assert.equal(decided({}, { action: 'lambda:GetFunction' }), 'not-applicable');
  assert.equal(decided({}, { resource: `${resource}:live` }), 'not-applicable');
  assert.equal(decided({ Condition: { StringEquals: { k: 'v' } } }), 'not-applicable');
  assert.equal(decided({ Condition: { StringEquals: { k: 'v' } } }, { context: new Map([['k', ['v']]]) }), 'allow');
  assert.equal(evaluatePolicy([], request()), 'not-applicable');
});

test('actions and resources take wildcards; letters of an action may be of any case, those of an ARN not', () => {
  for (const Action of [
    '*',
    'lambda:*',
    'lambda:Invoke*',
    'LAMBDA:invokefunction',
    ['lambda:GetFunction', 'lambda:I*'],
  ]) {
    assert.equal(decided({ Action }), 'allow', String(Action));
  }
  assert.equal(decided({ Resource: `${resource}:*` }, { resource: `${resource}:live` }), 'allow');
  assert.equal(decided({ Resource: `${resource}*` }), 'allow');
  assert.equal(decided({ Resource: resource.toUpperCase() }), 'not-applicable');
});

test('a principal is everyone, an account, one identity or a service', () => {
  const role = account('111111111111', 'role/admin');
  const service: Caller = { kind: 'service', name: 's3.amazonaws.com' };
  const anonymous: Caller = { kind: 'anonymous' };
  for (const caller of [friend, role, service, anonymous]) {
    assert.equal(decided({ Principal: '*' }, { caller }), 'allow');
    assert.equal(decided({ Principal: { AWS: '*' } }, { caller }), 'allow');
  }
  assert.equal(decided({}, { caller: role }), 'allow');
  assert.equal(decided({ Principal: { AWS: ['9', '111111111111'] } }, { caller: role }), 'allow');
  assert.equal(decided({ Principal: { AWS: 'arn:aws:iam::111111111111:role/admin' } }, { caller: role }), 'allow');
  assert.equal(decided({ Principal: { AWS: 'arn:aws:iam::111111111111:role/admin' } }), 'not-applicable');
  assert.equal(decided({ Principal: { Service: 's3.amazonaws.com' } }, { caller: service }), 'allow');
  assert.equal(decided({ Principal: { Service: 'sns.amazonaws.com' } }, { caller: service }), 'not-applicable');
  assert.equal(decided({ Principal: { Service: '*' } }, { caller: anonymous }), 'not-applicable');
  assert.equal(decided({}, { caller: anonymous }), 'not-applicable');
});

test('a Not element means all others', () => {
  const other = account('222222222222');
  const notFriend = without('Principal', { NotPrincipal: { AWS: '111111111111' } });
  assert.equal(evaluatePolicy([notFriend], request()), 'not-applicable');
  assert.equal(evaluatePolicy([notFriend], request({ caller: other })), 'allow');
  assert.equal(evaluatePolicy([without('Action', { NotAction: 'lambda:Delete*' })], request()), 'allow');
  assert.equal(evaluatePolicy([without('Resource', { NotResource: resource })], request()), 'not-applicable');
  assert.equal(evaluatePolicy([without('Action', {})], request()), 'not-applicable');
});

const anyStatement: fc.Arbitrary<PolicyStatement> = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Principal: fc.constantFrom('*' as const, { AWS: '111111111111' }, { AWS: '222222222222' }, { Service: 'x' }),
  Action: fc.constantFrom('*', 'lambda:InvokeFunction', 'lambda:GetFunction', ['lambda:Get*', 'lambda:I*']),
  Resource: fc.constantFrom('*', resource, `${resource}:*`),
});

test('one applying denial decides, the order of statements never does, and an allowance can only allow', () => {
  fc.assert(
    fc.property(fc.array(anyStatement, { maxLength: 6 }), anyStatement, (statements, more) => {
      const decision = evaluatePolicy(statements, request());
      const alone = statements.map((statement) => evaluatePolicy([statement], request()));
      const expected = alone.includes('deny') ? 'deny' : alone.includes('allow') ? 'allow' : 'not-applicable';
      assert.equal(decision, expected);
      assert.equal(evaluatePolicy(statements.toReversed(), request()), decision);
      const extended = evaluatePolicy([...statements, more], request());
      if (decision === 'deny') assert.equal(extended, 'deny');
      if (more.Effect === 'Allow' && decision !== 'not-applicable') assert.equal(extended, decision);
      if (more.Effect === 'Deny') assert.ok(extended === 'deny' || extended === decision);
    }),
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { accountId, scopeOf } from '../../aws/scope.ts';
import { fails, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';

const LayerName = 'arn:aws:lambda:us-east-1:000000000000:layer:l';
const version = { LayerName, VersionNumber: 1 };
const friend = scopeOf(accountId('111122223333'), scope.region);
const stranger = scopeOf(accountId('444455556666'), scope.region);

const Action = 'lambda:GetLayerVersion';

async function withLayer() {
  const it = openTestControlPlane();
  await it.operations.PublishLayerVersion({ LayerName: 'l', Content: { ZipFile: zip('x') } });
  return {
    ...it,
    allow: (StatementId: string, Principal: string, more: object = {}) =>
      it.operations.AddLayerVersionPermission({ ...version, StatementId, Action, Principal, ...more }),
    deny: (StatementId: string, more: object = {}) =>
      it.operations.RemoveLayerVersionPermission({ ...version, StatementId, ...more }),
    mayRead: async (from: typeof scope): Promise<boolean> => {
      try {
        await it.operations.GetLayerVersion(version, from);
        return true;
      } catch (error) {
        return !fails('AccessDeniedException', /GetLayerVersion/)(error);
      }
    },
  };
}

test('a permission opens a version to whom it names, until it is removed', async () => {
  await using it = await withLayer();
  const principals: readonly (readonly [principal: string, friend: boolean, stranger: boolean])[] = [
    ['111122223333', true, false],
    ['arn:aws:iam::111122223333:root', true, false],
    ['*', true, true],
  ];
  for (const [principal, friendMay, strangerMay] of principals) {
    await it.allow('s', principal);
    assert.deepEqual([await it.mayRead(friend), await it.mayRead(stranger)], [friendMay, strangerMay], principal);
    await it.deny('s');
    assert.deepEqual([await it.mayRead(friend), await it.mayRead(stranger)], [false, false], principal);
  }
});

test('the policy has its statements in order, each in AWS’s form', async () => {
  await using it = await withLayer();
  const first = await it.allow('account', '111122223333');
  const second = await it.allow('org', '*', { OrganizationId: 'o-abcdefghij' });
  const { Policy, RevisionId } = await it.operations.GetLayerVersionPolicy(version);
  const statements = [
    {
      Sid: 'account',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action,
      Resource: `${LayerName}:1`,
    },
    {
      Sid: 'org',
      Effect: 'Allow',
      Principal: '*',
      Action,
      Resource: `${LayerName}:1`,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
    },
  ];
  assert.equal(Policy, JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }));
  assert.deepEqual(
    [first.Statement, second.Statement],
    statements.map((statement) => JSON.stringify(statement)),
  );
  assert.equal(RevisionId, second.RevisionId);
  assert.notEqual(first.RevisionId, second.RevisionId);
});

test('a RevisionId that is not the policy’s is refused', async () => {
  await using it = await withLayer();
  const mismatch = fails(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id',
  );
  await assert.rejects(it.allow('s', '*', { RevisionId: 'none yet' }), mismatch);
  const { RevisionId } = await it.allow('s', '*');
  await assert.rejects(it.allow('t', '*', { RevisionId: 'another' }), mismatch);
  await it.allow('t', '*', { RevisionId });
  await assert.rejects(it.deny('s', { RevisionId }), mismatch);
  const now = (await it.operations.GetLayerVersionPolicy(version)).RevisionId;
  await it.deny('s', { RevisionId: now });
});

test('what is not there, or there already, is answered in AWS’s words', async () => {
  await using it = await withLayer();
  const missing = (message: string) => fails('ResourceNotFoundException', message);
  const noPolicy = missing('No policy is associated with the given resource.');
  await assert.rejects(it.operations.GetLayerVersionPolicy(version), noPolicy);
  await assert.rejects(it.deny('s'), noPolicy);
  await it.allow('s', '*');
  await assert.rejects(it.deny('t'), missing('Statement t is not found in resource policy.'));
  await assert.rejects(
    it.allow('s', '111122223333'),
    fails(
      'ResourceConflictException',
      'The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.',
    ),
  );
  const second = { LayerName: 'l', VersionNumber: 2, StatementId: 's', Action, Principal: '*' };
  for (const call of [
    it.operations.AddLayerVersionPermission,
    it.operations.GetLayerVersionPolicy,
    it.operations.RemoveLayerVersionPermission,
  ]) {
    await assert.rejects(call(second), missing(`Layer version ${LayerName}:2 does not exist.`));
    const zero = { ...second, VersionNumber: 0 };
    await assert.rejects(call(zero), fails('InvalidParameterValueException', 'Layer Version Cannot be less than 1'));
  }
  await it.deny('s');
  await assert.rejects(it.operations.GetLayerVersionPolicy(version), noPolicy);
});

test('a policy that grows too long is refused and stays as it was', async () => {
  await using it = await withLayer();
  let added = 0;
  const grow = async () => {
    for (; added < 200; added += 1) await it.allow(`${'s'.repeat(90)}-${added}`, '*');
  };
  await assert.rejects(
    grow(),
    fails('PolicyLengthExceededException', /^The final policy size \(2\d{4}\) is bigger than the limit \(20480\)\.$/),
  );
  const { Policy = '' } = await it.operations.GetLayerVersionPolicy(version);
  assert.ok(Policy.length <= 20_480);
  assert.equal(Policy.split('"Sid"').length - 1, added);
});

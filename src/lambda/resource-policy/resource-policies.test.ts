import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, fails, openTestControlPlane } from '../control-plane.fixture.ts';

const policyOf = (resource: string, Sid = 'one') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid, Effect: 'Deny', Principal: { AWS: ['111111111111'] }, Action: 'lambda:*', Resource: resource }],
  });
const notFound = (message: string) => fails('ResourceNotFoundException', message);
const none = notFound('No policy is associated with the given resource.');
const stale = fails(
  'PreconditionFailedException',
  'The Revision Id provided does not match the latest Revision Id. Call the GetResourcePolicy API to retrieve the latest Revision Id',
);
const ResourceArn = arn('f');

test('a resource has one policy, whichever operation made it', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  await it.operations.AddPermission({
    FunctionName: 'f',
    StatementId: 'old',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
  });
  const before = await it.operations.GetResourcePolicy({ ResourceArn });
  assert.deepEqual(before, await it.operations.GetPolicy({ FunctionName: 'f' }));
  const put = await it.operations.PutResourcePolicy({ ResourceArn, Policy: policyOf(ResourceArn) });
  assert.equal(put.Policy, policyOf(ResourceArn));
  assert.deepEqual(await it.operations.GetResourcePolicy({ ResourceArn }), put);
  assert.deepEqual(await it.operations.GetPolicy({ FunctionName: 'f' }), put);
  await it.operations.AddPermission({
    FunctionName: 'f',
    StatementId: 'new',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
  });
  await it.operations.RemovePermission({ FunctionName: 'f', StatementId: 'one' });
  const left = JSON.parse((await it.operations.GetResourcePolicy({ ResourceArn })).Policy ?? '');
  assert.deepEqual(
    left.Statement.map((statement: { Sid: string }) => statement.Sid),
    ['new'],
  );
  await it.operations.DeleteResourcePolicy({ ResourceArn });
  await assert.rejects(it.operations.GetResourcePolicy({ ResourceArn }), none);
  await assert.rejects(it.operations.DeleteResourcePolicy({ ResourceArn }), none);
});

test('the RevisionId given must be that of the policy', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const put = (RevisionId?: string) =>
    it.operations.PutResourcePolicy({ ResourceArn, Policy: policyOf(ResourceArn), RevisionId });
  const unknown = '11111111-1111-4111-8111-111111111111';
  await assert.rejects(put(unknown), stale);
  const first = await put();
  const second = await put(first.RevisionId);
  assert.notEqual(second.RevisionId, first.RevisionId);
  await assert.rejects(put(first.RevisionId), stale);
  await assert.rejects(it.operations.DeleteResourcePolicy({ ResourceArn, RevisionId: first.RevisionId }), stale);
  await it.operations.DeleteResourcePolicy({ ResourceArn, RevisionId: second.RevisionId });
});

test('policies are for functions, versions and aliases that are there', async () => {
  await using it = openTestControlPlane();
  const put = (resource: string) =>
    it.operations.PutResourcePolicy({ ResourceArn: resource, Policy: policyOf(resource) });
  await assert.rejects(put(ResourceArn), notFound(`Function not found: ${ResourceArn}`));
  await assert.rejects(
    it.operations.GetResourcePolicy({ ResourceArn }),
    notFound(`Function not found: ${ResourceArn}`),
  );
  await it.create('f');
  await it.operations.PublishVersion({ FunctionName: 'f' });
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  for (const qualifier of ['1', 'live']) {
    const resource = `${ResourceArn}:${qualifier}`;
    await put(resource);
    assert.equal((await it.operations.GetPolicy({ FunctionName: resource })).Policy, policyOf(resource));
  }
  await assert.rejects(it.operations.GetResourcePolicy({ ResourceArn }), none);
  await assert.rejects(put(`${ResourceArn}:2`), notFound(`Function not found: ${ResourceArn}:2`));
  await assert.rejects(put(`${ResourceArn}:no`), notFound(`Cannot find alias arn: ${ResourceArn}:no`));
  await assert.rejects(
    put(`${ResourceArn}:$LATEST`),
    fails('InvalidParameterValueException', 'We currently do not support adding policies for $LATEST.'),
  );
  await assert.rejects(
    it.operations.GetResourcePolicy({ ResourceArn: 'arn:aws:lambda:us-east-1:000000000000:runtime/mine' }),
    notFound('The resource you requested does not exist.'),
  );
  await it.operations.DeleteFunction({ FunctionName: 'f', Qualifier: undefined });
  await it.create('f');
  await it.operations.PublishVersion({ FunctionName: 'f' });
  await assert.rejects(it.operations.GetResourcePolicy({ ResourceArn: `${ResourceArn}:1` }), none);
});

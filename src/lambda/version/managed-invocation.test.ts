import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, createInput, fails, openTestControlPlane, providerInput, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const provider = 'arn:aws:lambda:us-east-1:000000000000:capacity-provider:cp';
const publishAgain = { FunctionName: 'f', PublishTo: 'LATEST_PUBLISHED' } as const;

async function openWithManaged(more = {}) {
  const it = openTestControlPlane();
  await it.operations.CreateCapacityProvider(providerInput('cp'));
  const config = { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: provider } };
  const create = () => it.operations.CreateFunction({ ...createInput('f'), CapacityProviderConfig: config, ...more });
  const created = await create();
  await settle();
  return { it, created };
}

const unpublished = fails('NoPublishedVersionException', /^The function can't be invoked because no published version/);

test('a function on a capacity provider is invoked as its $LATEST.PUBLISHED version', async () => {
  const { it } = await openWithManaged();
  await using _ = it;
  assert.throws(() => it.resolve('f'), unpublished);
  assert.throws(() => it.resolve('f', '$LATEST'), unpublished);
  assert.equal((await it.operations.GetFunctionConfiguration({ FunctionName: 'f' })).State, 'ActiveNonInvocable');
  const first = await it.operations.PublishVersion(publishAgain);
  assert.deepEqual(
    [first.Version, first.FunctionArn, first.State],
    ['$LATEST.PUBLISHED', `${arn('f')}:$LATEST.PUBLISHED`, 'Pending'],
  );
  await settle();
  const { version, invokedFunctionArn } = it.resolve('f');
  assert.deepEqual([version.version, invokedFunctionArn], ['$LATEST.PUBLISHED', arn('f')]);
  assert.equal(it.resolve('f', '$LATEST.PUBLISHED').invokedFunctionArn, `${arn('f')}:$LATEST.PUBLISHED`);
  assert.throws(
    () => it.resolve('f', '$LATEST'),
    fails(
      'InvalidParameterValueException',
      /^Functions configured with capacity provider configuration can't be invoked/,
    ),
  );
});

test('$LATEST.PUBLISHED is published again in one step, numbers go on beside it', async () => {
  const { it, created } = await openWithManaged({ Publish: true, PublishTo: 'LATEST_PUBLISHED' });
  await using _ = it;
  assert.equal(created.Version, '$LATEST.PUBLISHED');
  const former = it.resolve('f').version;
  await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip('new') });
  await settle();
  assert.equal(it.resolve('f').version, former);
  const again = await it.operations.PublishVersion(publishAgain);
  assert.equal(again.State, 'Active');
  assert.equal(it.resolve('f').version.code.sha256, again.CodeSha256);
  assert.deepEqual(
    it.dataPlane.retired.filter((version) => version === former),
    [former],
  );
  assert.equal((await it.operations.PublishVersion(publishAgain)).RevisionId, again.RevisionId);
  assert.equal((await it.operations.PublishVersion({ FunctionName: 'f' })).Version, '1');
  await settle();
  assert.equal(it.resolve('f', '1').version.version, '1');
  const { Versions = [] } = await it.operations.ListVersionsByFunction({ FunctionName: 'f' });
  assert.deepEqual(
    Versions.map((item) => item.Version),
    ['$LATEST', '$LATEST.PUBLISHED', '1'],
  );
  const { Functions = [] } = await it.operations.ListFunctions({ FunctionVersion: 'ALL' });
  assert.deepEqual(
    Functions.map((item) => item.Version),
    ['$LATEST', '$LATEST.PUBLISHED', '1'],
  );
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '$LATEST.PUBLISHED' });
  assert.equal(it.resolve('f', 'live').version.version, '$LATEST.PUBLISHED');
  await it.operations.DeleteAlias({ FunctionName: 'f', Name: 'live' });
  const remove = { FunctionName: 'f', Qualifier: '$LATEST.PUBLISHED' };
  assert.deepEqual(await it.operations.DeleteFunction(remove), { StatusCode: 202 });
  assert.throws(() => it.resolve('f'), unpublished);
  assert.deepEqual(await it.operations.DeleteFunction({ FunctionName: 'f' }), { StatusCode: 202 });
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
});

test('functions without a capacity provider have no $LATEST.PUBLISHED', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  await assert.rejects(
    it.operations.PublishVersion(publishAgain),
    fails('InvalidParameterValueException', /^PublishTo is only supported/),
  );
  const missing = fails('ResourceNotFoundException', `Function not found: ${arn('f')}:$LATEST.PUBLISHED`);
  assert.throws(() => it.resolve('f', '$LATEST.PUBLISHED'), missing);
  await assert.rejects(it.operations.GetFunction({ FunctionName: 'f', Qualifier: '$LATEST.PUBLISHED' }), missing);
});

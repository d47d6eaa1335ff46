import assert from 'node:assert/strict';
import test from 'node:test';
import { createInput, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

test('the limits are those of the settings, the usage that of this account and region', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Publish: true });
  await settle();
  await it.operations.CreateFunction(createInput('g'), { ...scope, region: 'eu-west-1' as typeof scope.region });
  const size = zip('f').length;
  assert.deepEqual(await it.operations.GetAccountSettings({}), {
    AccountLimit: {
      TotalCodeSize: 1_000_000,
      CodeSizeUnzipped: 100_000,
      CodeSizeZipped: 50_000,
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: 1000,
    },
    AccountUsage: { TotalCodeSize: 2 * size, FunctionCount: 1 },
  });
});

test('a change of the configuration adds nothing, the next version one more copy', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Publish: true });
  await settle();
  const used = async () => (await it.operations.GetAccountSettings({})).AccountUsage?.TotalCodeSize;
  const size = zip('f').length;
  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 5 });
  await settle();
  assert.equal(await used(), 2 * size);
  await it.operations.PublishVersion({ FunctionName: 'f' });
  assert.equal(await used(), 3 * size);
  await it.operations.DeleteFunction({ FunctionName: 'f', Qualifier: '1' });
  assert.equal(await used(), 2 * size);
});

test('the code of layers counts too', async () => {
  await using it = openTestControlPlane();
  const ZipFile = zip('layer');
  await it.operations.PublishLayerVersion({ LayerName: 'l', Content: { ZipFile } });
  const { AccountUsage } = await it.operations.GetAccountSettings({});
  assert.deepEqual(AccountUsage, { TotalCodeSize: ZipFile.length, FunctionCount: 0 });
});

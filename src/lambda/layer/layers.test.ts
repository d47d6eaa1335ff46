import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { fails, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';

const layerArn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:layer:${name}`;
const content = (text: string) => ({ Content: { ZipFile: zip(text) } });
const neighbour = scopeOf(accountId('111122223333'), scope.region);
const abroad = scopeOf(scope.account, region('eu-west-1'));

test('versions count up from one, and a number is not given again', async () => {
  await using it = openTestControlPlane();
  const publish = async () => (await it.operations.PublishLayerVersion({ LayerName: 'l', ...content('x') })).Version;
  assert.deepEqual([await publish(), await publish()], [1, 2]);
  await it.operations.DeleteLayerVersion({ LayerName: 'l', VersionNumber: 2 });
  await it.operations.DeleteLayerVersion({ LayerName: 'l', VersionNumber: 1 });
  assert.equal(await publish(), 3);
});

test('versions published at once get a number each', async () => {
  await using it = openTestControlPlane();
  const numbers = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const { Version } = await it.operations.PublishLayerVersion({ LayerName: 'l', ...content(`text ${n}`) });
      return Version ?? 0;
    }),
  );
  assert.deepEqual(
    numbers.toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
});

test('an archive is kept for as long as a layer version needs it, and counts to the account', async () => {
  await using it = openTestControlPlane();
  const { codeStore } = it.controlPlane;
  const { Content } = await it.operations.PublishLayerVersion({ LayerName: 'l', ...content('x') });
  await it.operations.PublishLayerVersion({ LayerName: 'm', ...content('x') });
  assert.equal(codeStore.usedSize, 2 * (Content?.CodeSize ?? 0));
  await it.operations.DeleteLayerVersion({ LayerName: layerArn('l'), VersionNumber: 1 });
  assert.equal(codeStore.usedSize, Content?.CodeSize);
  await it.operations.DeleteLayerVersion({ LayerName: 'm', VersionNumber: 1 });
  await it.operations.DeleteLayerVersion({ LayerName: 'm', VersionNumber: 1 });
  assert.equal(codeStore.usedSize, 0);
});

test('an archive that is refused leaves nothing', async () => {
  await using it = openTestControlPlane();
  await assert.rejects(
    it.operations.PublishLayerVersion({ LayerName: 'l', Content: { ZipFile: Buffer.from('no zip') } }),
    fails('InvalidParameterValueException', /^Could not unzip uploaded file/),
  );
  await assert.rejects(
    it.operations.PublishLayerVersion({ LayerName: 'l', Content: { S3Bucket: 'bucket', S3Key: 'key' } }),
    fails('InvalidParameterValueException', /NoSuchBucket/),
  );
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
  assert.deepEqual(await it.operations.ListLayers({}), { Layers: [] });
});

test('the link leads to the archive', async () => {
  await using it = openTestControlPlane();
  const { Content } = await it.operations.PublishLayerVersion({ LayerName: 'l', ...content('x') });
  const { pathname, searchParams } = new URL(Content?.Location ?? '');
  const code = it.controlPlane.codeLocations.verify(pathname, searchParams);
  assert.ok(code !== undefined && existsSync(it.controlPlane.codeStore.pathOf(code)));
});

test('lists show what is said to be compatible, and only versions that are there', async () => {
  await using it = openTestControlPlane();
  const publish = (LayerName: string, more: object) =>
    it.operations.PublishLayerVersion({ LayerName, ...content(LayerName), ...more });
  await publish('b', { CompatibleRuntimes: ['python3.13'], CompatibleArchitectures: ['x86_64'] });
  await publish('b', { CompatibleRuntimes: ['nodejs24.x', 'python3.13'], CompatibleArchitectures: ['arm64'] });
  await publish('b', {});
  await publish('a', { CompatibleRuntimes: ['nodejs24.x'] });
  await publish('c', {});
  await it.operations.DeleteLayerVersion({ LayerName: 'c', VersionNumber: 1 });
  const layers = async (filter: object) =>
    (await it.operations.ListLayers(filter)).Layers?.map((l) => [l.LayerName, l.LatestMatchingVersion?.Version]);
  const versions = async (filter: object) =>
    (await it.operations.ListLayerVersions({ LayerName: 'b', ...filter })).LayerVersions?.map((v) => v.Version);

  assert.deepEqual(await layers({}), [
    ['a', 1],
    ['b', 3],
  ]);
  assert.deepEqual(await layers({ CompatibleRuntime: 'nodejs24.x' }), [
    ['a', 1],
    ['b', 2],
  ]);
  assert.deepEqual(await layers({ CompatibleArchitecture: 'x86_64' }), [['b', 1]]);
  assert.deepEqual(await layers({ CompatibleRuntime: 'nodejs24.x', CompatibleArchitecture: 'x86_64' }), []);
  assert.deepEqual(await versions({}), [3, 2, 1]);
  assert.deepEqual(await versions({ CompatibleRuntime: 'python3.13' }), [2, 1]);
  assert.deepEqual(await versions({ CompatibleArchitecture: 'arm64' }), [2]);
});

test('pages go on where they ended, also when what ended them is gone', async () => {
  await using it = openTestControlPlane();
  for (const LayerName of ['a', 'b', 'b', 'b', 'c', 'd']) {
    await it.operations.PublishLayerVersion({ LayerName, ...content('x') });
  }
  const first = await it.operations.ListLayers({ MaxItems: 2 });
  assert.deepEqual(
    first.Layers?.map((layer) => layer.LayerName),
    ['a', 'b'],
  );
  const versions = await it.operations.ListLayerVersions({ LayerName: 'b', MaxItems: 1 });
  await it.operations.DeleteLayerVersion({ LayerName: 'b', VersionNumber: 3 });
  const rest = await it.operations.ListLayers({ MaxItems: 2, Marker: first.NextMarker });
  assert.deepEqual([rest.Layers?.map((layer) => layer.LayerName), rest.NextMarker], [['c', 'd'], undefined]);
  const older = await it.operations.ListLayerVersions({ LayerName: 'b', Marker: versions.NextMarker });
  assert.deepEqual([older.LayerVersions?.map((v) => v.Version), older.NextMarker], [[2, 1], undefined]);
  for (const call of [it.operations.ListLayers, it.operations.ListLayerVersions]) {
    await assert.rejects(
      call({ LayerName: 'b', Marker: 'b' }),
      fails('InvalidParameterValueException', 'Invalid Marker.'),
    );
  }
});

test('other regions have layers of their own', async () => {
  await using it = openTestControlPlane();
  await it.operations.PublishLayerVersion({ LayerName: 'l', ...content('x') });
  assert.deepEqual(await it.operations.ListLayers({}, abroad), { Layers: [] });
  const missing = fails('ResourceNotFoundException', 'The resource you requested does not exist.');
  const input = { LayerName: layerArn('l'), VersionNumber: 1 };
  await assert.rejects(it.operations.GetLayerVersion(input, abroad), missing);
  await assert.rejects(it.operations.GetLayerVersionByArn({ Arn: `${layerArn('l')}:1` }, abroad), missing);
  await assert.rejects(it.operations.PublishLayerVersion({ ...input, ...content('x') }, abroad), missing);
  assert.deepEqual((await it.operations.ListLayerVersions(input, abroad)).LayerVersions, []);
  await it.operations.DeleteLayerVersion(input, abroad);
  assert.equal((await it.operations.GetLayerVersion(input)).Version, 1);
});

test('another account is told the same whether there is a layer or not', async () => {
  await using it = openTestControlPlane();
  await it.operations.PublishLayerVersion({ LayerName: 'l', ...content('x') });
  const denied = (action: string, resource: string) =>
    fails(
      'AccessDeniedException',
      `User: arn:aws:iam::111122223333:root is not authorized to perform: lambda:${action} on resource: ${resource} because no resource-based policy allows the lambda:${action} action`,
    );
  for (const VersionNumber of [1, 2]) {
    const input = { LayerName: layerArn('l'), VersionNumber };
    const arn = `${layerArn('l')}:${VersionNumber}`;
    await assert.rejects(it.operations.GetLayerVersion(input, neighbour), denied('GetLayerVersion', arn));
    await assert.rejects(it.operations.GetLayerVersionByArn({ Arn: arn }, neighbour), denied('GetLayerVersion', arn));
    await assert.rejects(it.operations.DeleteLayerVersion(input, neighbour), denied('DeleteLayerVersion', arn));
    await assert.rejects(it.operations.GetLayerVersionPolicy(input, neighbour), denied('GetLayerVersionPolicy', arn));
  }
  const input = { LayerName: layerArn('l') };
  await assert.rejects(it.operations.ListLayerVersions(input, neighbour), denied('ListLayerVersions', layerArn('l')));
  await assert.rejects(
    it.operations.PublishLayerVersion({ ...input, ...content('x') }, neighbour),
    denied('PublishLayerVersion', layerArn('l')),
  );
});

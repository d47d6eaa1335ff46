import assert from 'node:assert/strict';
import test from 'node:test';
import { accountId, scopeOf } from '../../aws/scope.ts';
import { isLiveFolder } from '../code/live-folder.ts';
import { rawZip } from '../code/raw-zip.fixture.ts';
import { createInput, fails, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const layerArn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:layer:${name}`;
const refused = (message: string) => fails('InvalidParameterValueException', message);

function openWithLayers() {
  const it = openTestControlPlane();
  const { operations } = it;
  return {
    ...it,
    publish: async (LayerName: string, archive = zip(LayerName)) => {
      const { LayerVersionArn = '' } = await operations.PublishLayerVersion({
        LayerName,
        Content: { ZipFile: archive },
      });
      return LayerVersionArn;
    },
    create: async (name: string, Layers: string[]) => {
      const output = await operations.CreateFunction({ ...createInput(name), Layers });
      await settle();
      return output;
    },
    update: async (FunctionName: string, Layers: string[]) => {
      const output = await operations.UpdateFunctionConfiguration({ FunctionName, Layers });
      await settle();
      return output;
    },
  };
}

test('layers are shown with their sizes, and given to the version in their order', async () => {
  await using it = openWithLayers();
  const [a, b] = [await it.publish('a'), await it.publish('b')];
  const size = zip('a').length;
  const created = await it.create('f', [b, a]);
  assert.deepEqual(created.Layers, [
    { Arn: b, CodeSize: size },
    { Arn: a, CodeSize: size },
  ]);
  const digest = async (LayerName: string) =>
    (await it.operations.GetLayerVersion({ LayerName, VersionNumber: 1 })).Content?.CodeSha256;
  assert.deepEqual(
    it.resolve('f').version.layers.map((layer) => !isLiveFolder(layer) && layer.sha256),
    [await digest('b'), await digest('a')],
  );
  assert.equal((await it.update('f', [a])).Layers?.length, 1);
  assert.equal((await it.update('f', [])).Layers, undefined);
  assert.deepEqual(it.resolve('f').version.layers, []);
});

test('sets of layers that Lambda refuses are refused', async () => {
  await using it = openWithLayers();
  const [a1, a2] = [await it.publish('a'), await it.publish('a')];
  const abroad = 'arn:aws:lambda:eu-west-1:000000000000:layer:a:1';
  const rows: readonly (readonly [layers: string[], message: string])[] = [
    [Array.from({ length: 6 }, (_, n) => `${layerArn(`l${n}`)}:1`), 'Cannot reference more than 5 layers.'],
    [[abroad], 'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.'],
    [
      [a1, a2],
      `Two different versions of the same layer are not allowed to be referenced in the same function. ${a1} and ${a2} are versions of the same layer.`,
    ],
    [[`${layerArn('a')}:3`], `Layer version ${layerArn('a')}:3 does not exist.`],
    [[`${layerArn('b')}:1`], `Layer version ${layerArn('b')}:1 does not exist.`],
    [[`${layerArn('a')}:0`], 'Layer Version Cannot be less than 1'],
  ];
  await it.create('f', []);
  for (const [layers, message] of rows) {
    await assert.rejects(it.create('g', layers), refused(message));
    await assert.rejects(it.update('f', layers), refused(message));
  }
});

test("another account's layer is used with its permission, and stays when that is taken back", async () => {
  await using it = openWithLayers();
  const layer = await it.publish('a');
  const other = scopeOf(accountId('111122223333'), scope.region);
  const create = (name: string) => it.operations.CreateFunction({ ...createInput(name), Layers: [layer] }, other);
  const denied = fails(
    'AccessDeniedException',
    `User: arn:aws:iam::111122223333:root is not authorized to perform: lambda:GetLayerVersion on resource: ${layer} because no resource-based policy allows the lambda:GetLayerVersion action`,
  );
  await assert.rejects(create('f'), denied);
  const permission = { LayerName: 'a', VersionNumber: 1, StatementId: 's' };
  const allowed = { Action: 'lambda:GetLayerVersion', Principal: '111122223333' };
  await it.operations.AddLayerVersionPermission({ ...permission, ...allowed });
  assert.equal((await create('f')).Layers?.[0]?.Arn, layer);
  await settle();
  await it.operations.RemoveLayerVersionPermission(permission);
  const updated = await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 9 }, other);
  assert.equal(updated.Layers?.length, 1);
  await assert.rejects(create('g'), denied);
});

test('a deleted layer version is kept for the functions that have it, and for no others', async () => {
  await using it = openWithLayers();
  const layer = await it.publish('a');
  const { codeStore } = it.controlPlane;
  await it.create('f', [layer]);
  const [code] = it.resolve('f').version.layers;
  assert.ok(code !== undefined && !isLiveFolder(code));
  const functionSize = it.resolve('f').version.code.size;
  assert.equal(codeStore.usedSize, functionSize + code.size, 'counted once, to the layer');
  await it.operations.DeleteLayerVersion({ LayerName: 'a', VersionNumber: 1 });
  assert.equal(codeStore.usedSize, functionSize);
  await assert.rejects(it.create('g', [layer]), refused(`Layer version ${layer} does not exist.`));

  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Description: 'still here' });
  await settle();
  await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip('new'), Publish: true });
  await settle();
  assert.deepEqual(it.resolve('f').version.layers, [code]);
  await it.update('f', []);
  assert.ok(codeStore.has(code), 'version 1 has it');
  await it.operations.DeleteFunction({ FunctionName: 'f', Qualifier: '1' });
  assert.equal(codeStore.has(code), false);
});

test('a change whose preparation fails gives its layers back when it is replaced', async () => {
  await using it = openWithLayers();
  const layer = await it.publish('a');
  await it.create('f', []);
  it.dataPlane.automatic = false;
  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Layers: [layer] });
  await it.dataPlane.finish({ kind: 'failed', code: 'InternalError', reason: 'a test' });
  it.dataPlane.automatic = true;
  await it.operations.DeleteLayerVersion({ LayerName: 'a', VersionNumber: 1 });
  const code = (await it.operations.GetFunctionConfiguration({ FunctionName: 'f' })).Layers?.length;
  assert.equal(code, 1);
  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 4 });
  await settle();
  assert.equal(it.resolve('f').version.layers.length, 1, 'it went on from one to the next');
  await it.operations.DeleteFunction({ FunctionName: 'f' });
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
});

test('a layer version deleted while the function’s code is being kept is not attached', async () => {
  await using it = openWithLayers();
  const layer = await it.publish('a');
  const creating = it.create('f', [layer]);
  await it.operations.DeleteLayerVersion({ LayerName: 'a', VersionNumber: 1 });
  await assert.rejects(creating, refused(`Layer version ${layer} does not exist.`));
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
});

test('code and layers together may be as large as code alone', async () => {
  await using it = openWithLayers();
  const sized = (bytes: number) => rawZip([{ name: 'data', data: 'x'.repeat(bytes) }]);
  const layer = await it.publish('big', sized(60_000));
  const tooLarge = (size: number) =>
    refused(
      `Function code combined with layers exceeds the maximum allowed size of 100000 bytes. The actual size is ${size} bytes.`,
    );
  const input = { ...createInput('f'), Layers: [layer] };
  await assert.rejects(it.operations.CreateFunction({ ...input, Code: { ZipFile: sized(40_001) } }), tooLarge(100_001));
  await it.operations.CreateFunction({ ...input, Code: { ZipFile: sized(40_000) } });
  await settle();
  for (const DryRun of [true, false]) {
    const update = { FunctionName: 'f', ZipFile: sized(50_000), DryRun };
    await assert.rejects(it.operations.UpdateFunctionCode(update), tooLarge(110_000));
  }
  const small = await it.publish('small', sized(1));
  await assert.rejects(it.update('f', [layer, small]), tooLarge(100_001));
  assert.equal((await it.update('f', [small])).Layers?.length, 1);
});

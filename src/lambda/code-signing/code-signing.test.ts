import assert from 'node:assert/strict';
import test from 'node:test';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { arn, createInput, fails, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const publishers = {
  AllowedPublishers: { SigningProfileVersionArns: ['arn:aws:signer:us-east-1:000000000000:/signing-profiles/p/v1'] },
};
const policy = (UntrustedArtifactOnDeployment: 'Warn' | 'Enforce') => ({
  CodeSigningPolicies: { UntrustedArtifactOnDeployment },
});

function open() {
  const it = openTestControlPlane();
  const { operations } = it;
  return {
    ...it,
    config: async (untrusted: 'Warn' | 'Enforce', from = scope): Promise<string> => {
      const { CodeSigningConfig } = await operations.CreateCodeSigningConfig(
        { ...publishers, ...policy(untrusted) },
        from,
      );
      return CodeSigningConfig?.CodeSigningConfigArn ?? '';
    },
    attach: (FunctionName: string, CodeSigningConfigArn: string) =>
      operations.PutFunctionCodeSigningConfig({ FunctionName, CodeSigningConfigArn }),
  };
}

const unverified = (name: string) =>
  fails(
    'CodeVerificationFailedException',
    `Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. Check the provided signature for ${name}.`,
  );

test('a configuration warns by default, and an update changes what it names', async () => {
  await using it = open();
  const created = (await it.operations.CreateCodeSigningConfig({ ...publishers, Description: 'd' })).CodeSigningConfig;
  assert.match(created?.CodeSigningConfigId ?? '', /^csc-[0-9a-f]{17}$/);
  const CodeSigningConfigArn = `arn:aws:lambda:us-east-1:000000000000:code-signing-config:${created?.CodeSigningConfigId}`;
  assert.equal(created?.CodeSigningConfigArn, CodeSigningConfigArn);
  assert.deepEqual(created.CodeSigningPolicies, { UntrustedArtifactOnDeployment: 'Warn' });
  const changed = await it.operations.UpdateCodeSigningConfig({ CodeSigningConfigArn, ...policy('Enforce') });
  assert.deepEqual(changed.CodeSigningConfig, { ...created, ...policy('Enforce') });
  assert.deepEqual(await it.operations.GetCodeSigningConfig({ CodeSigningConfigArn }), changed);
});

test('Enforce refuses unsigned code and layers, Warn does not', async () => {
  await using it = open();
  const [warn, enforce] = [await it.config('Warn'), await it.config('Enforce')];
  const { LayerVersionArn: layer = '' } = await it.operations.PublishLayerVersion({
    LayerName: 'l',
    Content: { ZipFile: zip('l') },
  });
  await assert.rejects(
    it.operations.CreateFunction({ ...createInput('f'), CodeSigningConfigArn: enforce }),
    unverified('f'),
  );
  await it.operations.CreateFunction({ ...createInput('f'), CodeSigningConfigArn: warn });
  await settle();
  await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip('2') });
  await settle();
  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Layers: [layer] });
  await settle();

  await it.attach('f', enforce);
  const used = it.controlPlane.codeStore.usedSize;
  for (const DryRun of [true, false]) {
    const update = { FunctionName: 'f', ZipFile: zip('3'), DryRun };
    await assert.rejects(it.operations.UpdateFunctionCode(update), unverified('f'));
  }
  assert.equal(it.controlPlane.codeStore.usedSize, used, 'what was refused is not kept');
  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Layers: [layer], Timeout: 5 });
  await settle();
  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Layers: [] });
  await settle();
  await assert.rejects(
    it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Layers: [layer] }),
    unverified('f'),
  );
  await it.operations.UpdateCodeSigningConfig({ CodeSigningConfigArn: enforce, ...policy('Warn') });
  await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip('3') });
});

test('a configuration cannot be deleted while a function has it', async () => {
  await using it = open();
  const CodeSigningConfigArn = await it.config('Warn');
  for (const name of ['b', 'a', 'c']) await it.create(name);
  for (const name of ['b', 'a']) await it.attach(name, CodeSigningConfigArn);
  const users = async () =>
    (await it.operations.ListFunctionsByCodeSigningConfig({ CodeSigningConfigArn })).FunctionArns;
  assert.deepEqual(await users(), [arn('a'), arn('b')]);
  const remove = () => it.operations.DeleteCodeSigningConfig({ CodeSigningConfigArn });
  await assert.rejects(remove(), fails('ResourceConflictException', /in use/));
  await it.operations.DeleteFunctionCodeSigningConfig({ FunctionName: 'b' });
  await assert.rejects(remove(), fails('ResourceConflictException', /in use/));
  await it.operations.DeleteFunction({ FunctionName: 'a' });
  assert.deepEqual(await users(), []);
  await remove();
  assert.deepEqual(await it.operations.ListCodeSigningConfigs({}), {
    CodeSigningConfigs: [],
    NextMarker: undefined,
  });
});

test('a configuration deleted while a function is created is not attached to it', async () => {
  await using it = open();
  const CodeSigningConfigArn = await it.config('Warn');
  const creating = it.operations.CreateFunction({ ...createInput('f'), CodeSigningConfigArn });
  await it.operations.DeleteCodeSigningConfig({ CodeSigningConfigArn });
  await assert.rejects(creating, fails('CodeSigningConfigNotFoundException', /^The code signing configuration cannot/));
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
});

test('configurations of other accounts and regions are not found', async () => {
  await using it = open();
  await it.create('f');
  for (const from of [scopeOf(accountId('111122223333'), scope.region), scopeOf(scope.account, region('eu-west-1'))]) {
    const CodeSigningConfigArn = await it.config('Warn', from);
    await assert.rejects(
      it.operations.GetCodeSigningConfig({ CodeSigningConfigArn }),
      fails(
        'ResourceNotFoundException',
        `The Lambda code signing configuration ${CodeSigningConfigArn} can not be found.`,
      ),
    );
    await assert.rejects(
      it.attach('f', CodeSigningConfigArn),
      fails(
        'CodeSigningConfigNotFoundException',
        `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${CodeSigningConfigArn}.`,
      ),
    );
  }
});

test('images and single versions have no code signing', async () => {
  await using it = open();
  const CodeSigningConfigArn = await it.config('Warn');
  const image = {
    FunctionName: 'image',
    PackageType: 'Image',
    Role: createInput('image').Role,
    Code: { ImageUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/i:1' },
  } as const;
  const unsupported = fails(
    'InvalidParameterValueException',
    'Code signing is not supported for functions created with container images.',
  );
  await assert.rejects(it.operations.CreateFunction({ ...image, CodeSigningConfigArn }), unsupported);
  await it.operations.CreateFunction(image);
  await assert.rejects(it.attach('image', CodeSigningConfigArn), unsupported);
  await assert.rejects(it.operations.GetFunctionCodeSigningConfig({ FunctionName: 'image' }), unsupported);
  await it.create('f');
  await assert.rejects(
    it.attach('f:1', CodeSigningConfigArn),
    fails('InvalidParameterValueException', /^This operation is permitted on Lambda functions only/),
  );
  await assert.rejects(
    it.attach('g', CodeSigningConfigArn),
    fails('ResourceNotFoundException', `Function not found: ${arn('g')}`),
  );
});

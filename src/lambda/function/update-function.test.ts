import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { arn, createInput, fails, openTestControlPlane, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const invalid = (message: string | RegExp) => fails('InvalidParameterValueException', message);
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('base64');

test('an update names what changes, the rest stays, and empty values clear', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({
    ...createInput('f'),
    Description: 'stays',
    Environment: { Variables: { NAME: 'value' } },
    LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG' },
    VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0123456789abcdef0'] },
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:q' },
    KMSKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/k',
  });
  await settle();
  const update = async (
    input: Omit<Parameters<typeof it.operations.UpdateFunctionConfiguration>[0], 'FunctionName'>,
  ) => {
    const output = await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', ...input });
    await settle();
    return output;
  };
  const timed = await update({ Timeout: 10 });
  assert.deepEqual(
    [timed.Timeout, timed.Description, timed.LoggingConfig?.ApplicationLogLevel],
    [10, 'stays', 'DEBUG'],
  );
  const cleared = await update({
    DeadLetterConfig: { TargetArn: '' },
    KMSKeyArn: '',
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
    Environment: { Variables: {} },
    LoggingConfig: { LogFormat: 'Text' },
    Layers: [],
  });
  assert.equal(cleared.DeadLetterConfig, undefined);
  assert.equal(cleared.KMSKeyArn, undefined);
  assert.equal(cleared.VpcConfig?.VpcId, '');
  assert.deepEqual(cleared.Environment, { Variables: {} });
  assert.deepEqual(JSON.parse(JSON.stringify(cleared.LoggingConfig)), { LogFormat: 'Text', LogGroup: '/aws/lambda/f' });
});

test('of two updates at once one is refused and its code is not kept', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  it.dataPlane.automatic = false;
  const both = await Promise.allSettled(
    ['a', 'b'].map((text) => it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip(text) })),
  );
  assert.deepEqual(both.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
  await it.dataPlane.finish();
  assert.equal(it.controlPlane.codeStore.usedSize, zip('a').length);
});

test('an update is refused for an unknown function, another RevisionId, and code of the wrong kind', async () => {
  await using it = openTestControlPlane();
  const code = { ZipFile: zip('new') };
  await assert.rejects(
    it.operations.UpdateFunctionCode({ FunctionName: 'f', ...code }),
    fails('ResourceNotFoundException', `Function not found: ${arn('f')}`),
  );
  await it.create('f');
  const { RevisionId } = await it.operations.GetFunctionConfiguration({ FunctionName: 'f' });
  for (const update of [it.operations.UpdateFunctionCode, it.operations.UpdateFunctionConfiguration]) {
    await assert.rejects(
      update({ FunctionName: 'f', RevisionId: 'other', ...code }),
      fails(
        'PreconditionFailedException',
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      ),
    );
  }
  await assert.rejects(
    it.operations.UpdateFunctionCode({ FunctionName: 'f', ImageUri: 'repo:tag' }),
    invalid("Please don't provide ImageUri when updating a function with packageType Zip."),
  );
  const updated = await it.operations.UpdateFunctionCode({
    FunctionName: 'f',
    Architectures: ['arm64'],
    ...(RevisionId === undefined ? {} : { RevisionId }),
    ...code,
  });
  assert.deepEqual([updated.CodeSha256, updated.Architectures], [sha256(code.ZipFile), ['arm64']]);
});

test('a dry run shows what would be and changes nothing', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const before = await it.operations.GetFunctionConfiguration({ FunctionName: 'f' });
  const dry = await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip('new'), DryRun: true });
  assert.equal(dry.CodeSha256, sha256(zip('new')));
  assert.deepEqual(await it.operations.GetFunctionConfiguration({ FunctionName: 'f' }), before);
  assert.equal(it.controlPlane.codeStore.usedSize, zip('f').length);
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { rawZip } from '../code/raw-zip.fixture.ts';
import { arn, createInput, fails, openTestControlPlane, role, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const invalid = (message: string | RegExp) => fails('InvalidParameterValueException', message);
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('base64');

test('a function that says little gets the defaults of AWS', async () => {
  await using it = openTestControlPlane();
  const { RevisionId, ConfigSha256, RuntimeVersionConfig, ...created } = await it.operations.CreateFunction(
    createInput('f'),
  );
  assert.match(RevisionId ?? '', /^[0-9a-f-]{36}$/);
  assert.match(ConfigSha256 ?? '', /^[A-Za-z0-9+/]{43}=$/);
  assert.match(RuntimeVersionConfig?.RuntimeVersionArn ?? '', /^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/);
  assert.deepEqual(JSON.parse(JSON.stringify(created)), {
    FunctionName: 'f',
    FunctionArn: arn('f'),
    Runtime: 'nodejs24.x',
    Role: role,
    Handler: 'index.handler',
    CodeSize: zip('f').length,
    CodeSha256: sha256(zip('f')),
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    LastModified: '2026-01-01T00:00:00.000+0000',
    Version: '$LATEST',
    TracingConfig: { Mode: 'PassThrough' },
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f' },
  });
});

test('what is configured is shown as AWS shows it', async () => {
  await using it = openTestControlPlane();
  const created = await it.operations.CreateFunction({
    ...createInput('f'),
    Runtime: 'java21',
    Description: 'what it is',
    Timeout: 900,
    MemorySize: 10_240,
    EphemeralStorage: { Size: 1024 },
    Environment: { Variables: { NAME: 'value' } },
    Architectures: ['arm64'],
    TracingConfig: { Mode: 'Active' },
    SnapStart: { ApplyOn: 'PublishedVersions' },
    LoggingConfig: { LogFormat: 'JSON', LogGroup: '/own' },
    VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0123456789abcdef0'] },
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:q' },
    KMSKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/k',
    Tags: { a: 'b' },
  });
  assert.deepEqual(created.LoggingConfig, {
    LogFormat: 'JSON',
    ApplicationLogLevel: 'INFO',
    SystemLogLevel: 'INFO',
    LogGroup: '/own',
  });
  assert.match(created.VpcConfig?.VpcId ?? '', /^vpc-[0-9a-f]{17}$/);
  assert.deepEqual(
    { ...created.VpcConfig, VpcId: '' },
    {
      SubnetIds: ['subnet-0a1b2c3d'],
      SecurityGroupIds: ['sg-0123456789abcdef0'],
      VpcId: '',
      Ipv6AllowedForDualStack: false,
    },
  );
  assert.deepEqual(created.Environment, { Variables: { NAME: 'value' } });
  assert.deepEqual(created.SnapStart, { ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' });
  await settle();
  const running = it.resolve('f').version;
  assert.deepEqual(
    [running.architecture, running.timeout, running.memorySize, running.logGroup, running.tracing, running.variables],
    ['arm64', 900, 10_240, '/own', 'Active', { NAME: 'value' }],
  );
  const shown = await it.operations.GetFunction({ FunctionName: 'f' });
  assert.deepEqual(shown.Tags, { a: 'b' });
  assert.equal(shown.Concurrency, undefined);
});

test('CreateFunction refuses what AWS refuses, in its words', async () => {
  await using it = openTestControlPlane({ runtimeValidation: true });
  type Input = Parameters<typeof it.operations.CreateFunction>[0];
  const layer = (version: string, from = 'us-east-1', name = 'l') =>
    `arn:aws:lambda:${from}:000000000000:layer:${name}:${version}`;
  const big = { A: 'x'.repeat(4090) };
  const rows: readonly (readonly [Partial<Input>, string | RegExp])[] = [
    [
      { FunctionName: 'n'.repeat(65) },
      `1 validation error detected: Value '${'n'.repeat(65)}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [{ FunctionName: 'f:1' }, /^This operation is permitted on Lambda functions only\./],
    [
      { Runtime: 'nodejs99.x' as 'nodejs24.x' },
      /^Value nodejs99\.x at 'runtime' failed to satisfy constraint: .* or be a valid ARN$/,
    ],
    [
      { Runtime: 'nodejs14.x' },
      'The runtime parameter of nodejs14.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.',
    ],
    [
      { Handler: undefined },
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    ],
    [{ SnapStart: { ApplyOn: 'PublishedVersions' } }, 'nodejs24.x is not supported for SnapStart enabled functions.'],
    [{ MemorySize: 10_241 }, /less than or equal to 10240$/],
    [
      { Environment: { Variables: big } },
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${JSON.stringify(big)}`,
    ],
    [
      { Environment: { Variables: { AWS_REGION: 'x', OK: 'y' } } },
      'Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION',
    ],
    [{ Layers: [layer('1')] }, `Layer version ${layer('1')} does not exist.`],
    [{ Layers: ['1', '2', '3', '4', '5', '6'].map((v) => layer(v)) }, 'Cannot reference more than 5 layers.'],
    [{ Layers: [layer('1', 'eu-west-1')] }, /Layers are expected to be in region us-east-1\.$/],
    [
      { Layers: [layer('1'), layer('2')] },
      `Two different versions of the same layer are not allowed to be referenced in the same function. ${layer('1')} and ${layer('2')} are versions of the same layer.`,
    ],
    [{ LoggingConfig: { SystemLogLevel: 'INFO' } }, /^LogLevel is not supported when LogFormat is set to "Text"/],
    [
      { VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'] } },
      'SubnetIds and SecurityIds must coexist or be both empty list.',
    ],
    [{ Code: {} }, 'Please provide a source for function code.'],
    [
      { Code: { ZipFile: zip('x'), S3Bucket: 'b' } },
      'Please do not provide other FunctionCode parameters when providing a ZipFile.',
    ],
    [
      { Code: { S3Bucket: 'b', S3Key: 'k' } },
      'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
    ],
    [
      { Code: { ZipFile: Buffer.from('no zip') } },
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ],
    [{ Code: { ZipFile: rawZip([]) } }, 'Uploaded file must be a non-empty zip'],
    [
      { Code: { ZipFile: rawZip([{ name: 'a', data: 'x'.repeat(100_001) }]) } },
      'Unzipped size must be smaller than 100000 bytes',
    ],
    [{ PackageType: 'Image' }, /PackageType is Image\.$/],
    [
      { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ''])) },
      'Number of tags exceeds resource tag limit.',
    ],
  ];
  for (const [input, message] of rows) {
    await assert.rejects(it.operations.CreateFunction({ ...createInput('f'), ...input }), invalid(message));
  }
  await assert.rejects(
    it.operations.CreateFunction({ ...createInput('f'), Code: { ZipFile: Buffer.alloc(50_001) } }),
    fails('RequestEntityTooLargeException', 'Zipped size must be smaller than 50000 bytes'),
  );
  await assert.rejects(
    it.operations.CreateFunction({ ...createInput('f'), Timeout: 901 }),
    fails('ValidationException', /at 'timeout'/),
  );
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
  assert.deepEqual((await it.operations.ListFunctions({})).Functions, []);
});

test('of two functions of one name only the first comes to be, also when both are created at once', async () => {
  await using it = openTestControlPlane();
  const both = await Promise.allSettled([1, 2].map(() => it.operations.CreateFunction(createInput('f'))));
  const refused = both.find((result) => result.status === 'rejected');
  fails('ResourceConflictException', 'Function already exist: f')(refused?.reason);
  await assert.rejects(
    it.operations.CreateFunction(createInput('f')),
    fails('ResourceConflictException', 'Function already exist: f'),
  );
  assert.equal(it.controlPlane.codeStore.usedSize, zip('f').length);
});

test('code is refused when the account holds as much as it may', async () => {
  await using it = openTestControlPlane();
  const stored = rawZip([{ name: 'a', data: Buffer.alloc(49_000, 'x'), stored: true }]);
  for (let i = 0; i < 20; i++) {
    await it.operations.CreateFunction({ ...createInput(`f${i}`), Code: { ZipFile: stored } });
  }
  await assert.rejects(
    it.operations.CreateFunction({ ...createInput('more'), Code: { ZipFile: stored } }),
    fails('CodeStorageExceededException', 'Code storage limit exceeded.'),
  );
});

/** CreateFunction and what the reads show of it, through the real SDK. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

suite('CreateFunction', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let package_: Buffer;
  before(async () => {
    package_ = await zipOf(echo);
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const create = (name: string, more: Partial<CreateFunctionCommandInput> = {}) =>
    lambdad.lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: package_ },
        ...more,
      }),
    );
  const created = (name: string): Promise<unknown> =>
    waitUntilFunctionActiveV2({ client: lambdad.lambda, maxWaitTime: 20, minDelay: 1 }, { FunctionName: name });

  test('the reply has every default and no other member', async () => {
    const { $metadata, ...reply } = await create('defaults');
    assert.equal($metadata.httpStatusCode, 201);
    const { RevisionId, ConfigSha256, LastModified, RuntimeVersionConfig, ...rest } = reply;
    assert.match(RevisionId ?? '', uuid);
    assert.match(ConfigSha256 ?? '', /^[A-Za-z0-9+/]{43}=$/);
    assert.match(LastModified ?? '', isoTime);
    assert.match(RuntimeVersionConfig?.RuntimeVersionArn ?? '', /^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/);
    assert.deepEqual(rest, {
      FunctionName: 'defaults',
      FunctionArn: arnOf('defaults'),
      Runtime: 'nodejs24.x',
      Role: role,
      Handler: 'index.handler',
      CodeSize: package_.length,
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      CodeSha256: createHash('sha256').update(package_).digest('base64'),
      Version: '$LATEST',
      TracingConfig: { Mode: 'PassThrough' },
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/defaults' },
    });
  });

  test('the wire has no member that the model does not know', async () => {
    const { status, json } = await apiRequest(lambdad.endpoint, {
      method: 'POST',
      path: '/2015-03-31/functions',
      body: {
        FunctionName: 'wire',
        Runtime: 'python3.13',
        Handler: 'a.b',
        Role: role,
        Code: { ZipFile: package_.toString('base64') },
      },
    });
    assert.equal(status, 201);
    const expected =
      'Architectures CodeSha256 CodeSize ConfigSha256 Description EphemeralStorage FunctionArn FunctionName Handler LastModified LoggingConfig MemorySize PackageType RevisionId Role Runtime RuntimeVersionConfig SnapStart State StateReason StateReasonCode Timeout TracingConfig Version';
    assert.deepEqual(Object.keys(json as object).sort(), expected.split(' '));
  });

  test('a Pending function becomes Active with a new RevisionId, and the waiter ends', async () => {
    const { RevisionId } = await create('waited');
    await created('waited');
    const configuration = await lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'waited' }));
    assert.equal(configuration.State, 'Active');
    assert.equal(configuration.LastUpdateStatus, 'Successful');
    assert.equal(configuration.StateReason, undefined);
    assert.equal(configuration.StateReasonCode, undefined);
    assert.notEqual(configuration.RevisionId, RevisionId);
  });

  test('every setting is kept and echoed', async () => {
    const given = {
      Description: 'All of it',
      Timeout: 900,
      MemorySize: 10_240,
      EphemeralStorage: { Size: 10_240 },
      Architectures: ['arm64' as const],
      Environment: { Variables: { STAGE: 'test', GREETING: 'Grüße' } },
      TracingConfig: { Mode: 'Active' as const },
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead' },
      LoggingConfig: { LogFormat: 'JSON' as const, LogGroup: '/custom/group', SystemLogLevel: 'DEBUG' as const },
      Handler: 'app.handler',
      Runtime: 'python3.13' as const,
      SnapStart: { ApplyOn: 'PublishedVersions' as const },
    };
    const reply = await create('everything', { ...given, Tags: { team: 'blue' } });
    assert.partialDeepStrictEqual(reply, {
      ...given,
      LoggingConfig: { ...given.LoggingConfig, ApplicationLogLevel: 'INFO' },
      SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' },
    });
    const read = await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: 'everything' }));
    assert.deepEqual(read.Tags, { team: 'blue' });
  });

  test('an empty map of variables is shown, none is not', async () => {
    assert.deepEqual((await create('no-variables', { Environment: { Variables: {} } })).Environment, { Variables: {} });
    assert.equal((await create('never-variables')).Environment, undefined);
  });

  test('GetFunction links to the very bytes that were uploaded', async () => {
    await create('downloaded');
    const { $metadata, ...reply } = await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: 'downloaded' }));
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(Object.keys(reply).sort(), ['Code', 'Configuration']);
    assert.deepEqual(Object.keys(reply.Code ?? {}).sort(), ['Location', 'RepositoryType']);
    assert.equal(reply.Code?.RepositoryType, 'S3');
    // The host in the link is the public one; here only its port is sure to be ours.
    const link = new URL(reply.Code?.Location ?? '');
    assert.equal(link.port, String(lambdad.port));
    const download = await lambdad.fetch(`${link.pathname}${link.search}`);
    assert.equal(download.status, 200);
    assert.deepEqual(Buffer.from(await download.arrayBuffer()), package_);
  });

  test('Publish shows version 1 with an unqualified ARN', async () => {
    const reply = await create('published', { Publish: true });
    assert.equal(reply.Version, '1');
    assert.equal(reply.FunctionArn, arnOf('published'));
    await created('published');
    const version = await lambdad.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'published', Qualifier: '1' }),
    );
    assert.equal(version.Version, '1');
    assert.equal(version.FunctionArn, `${arnOf('published')}:1`);
  });

  test('a qualifier is echoed in the ARN of the reply', async () => {
    await create('asked-latest');
    const latest = await lambdad.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'asked-latest', Qualifier: '$LATEST' }),
    );
    assert.equal(latest.FunctionArn, `${arnOf('asked-latest')}:$LATEST`);
    assert.equal(latest.Version, '$LATEST');
  });

  test('accounts and regions do not see each other', async () => {
    const elsewhere = lambdad.client({ region: 'eu-central-1', account: '111122223333' });
    await create('here-only');
    const there = await elsewhere.send(
      new CreateFunctionCommand({
        FunctionName: 'here-only',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: package_ },
      }),
    );
    assert.equal(there.FunctionArn, 'arn:aws:lambda:eu-central-1:111122223333:function:here-only');
    const listed = await elsewhere.send(new ListFunctionsCommand({}));
    assert.deepEqual(
      listed.Functions?.map(({ FunctionArn }) => FunctionArn),
      [there.FunctionArn],
    );
    for (const scope of [{ account: '111122223333' }, { region: 'eu-central-1' }]) {
      const { Functions } = await lambdad.client(scope).send(new ListFunctionsCommand({}));
      assert.deepEqual(Functions, [], JSON.stringify(scope));
    }
    elsewhere.destroy();
  });

  test('other partitions have ARNs of their own', async () => {
    const china = lambdad.client({ region: 'cn-north-1' });
    const reply = await china.send(
      new CreateFunctionCommand({
        FunctionName: 'china',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws-cn:iam::000000000000:role/lambda-role',
        Code: { ZipFile: package_ },
      }),
    );
    assert.equal(reply.FunctionArn, 'arn:aws-cn:lambda:cn-north-1:000000000000:function:china');
    china.destroy();
  });
});

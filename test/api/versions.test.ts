/** PublishVersion and ListVersionsByFunction. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  paginateListVersionsByFunction,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
  waitUntilPublishedVersionActive,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { assertRefused, invalidParameter, notFound } from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

suite('Versions', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const publish = (FunctionName: string, more = {}) =>
    lambdad.lambda.send(new PublishVersionCommand({ FunctionName, ...more }));
  const configuration = (FunctionName: string, Qualifier?: string) =>
    lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }));
  const describe = async (FunctionName: string, Description: string): Promise<void> => {
    await lambdad.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
    await waitUntilFunctionUpdatedV2({ client: lambdad.lambda, maxWaitTime: 20, minDelay: 1 }, { FunctionName });
  };
  const request = (name: string, body: object) =>
    apiRequest(lambdad.endpoint, { method: 'POST', path: `/2015-03-31/functions/${name}/versions`, body });

  test('a published version is all that $LATEST is, under its number', async () => {
    const { name } = await lambdad.function({ code: echo });
    const { $metadata: _, ...latest } = await configuration(name);
    const { $metadata, ...one } = await publish(name);
    assert.equal($metadata.httpStatusCode, 201);
    const { RevisionId, LastModified } = one;
    assert.deepEqual(one, { ...latest, RevisionId, LastModified, Version: '1', FunctionArn: `${arnOf(name)}:1` });
    assert.deepEqual([one.State, one.LastUpdateStatus], ['Active', 'Successful']);
    const { $metadata: __, ...read } = await configuration(name, '1');
    assert.deepEqual(read, one);
    const after_ = await configuration(name);
    assert.equal(new Set([latest.RevisionId, after_.RevisionId, RevisionId]).size, 3);
  });

  test('unchanged it is the same version again; changed it is the next; a number is never used again', async () => {
    const { name } = await lambdad.function({ code: echo });
    const one = await publish(name, { Description: 'given' });
    const again = await publish(name, { Description: 'ignored' });
    assert.deepEqual(
      [one.Version, again.Version, again.Description, again.RevisionId],
      ['1', '1', 'given', one.RevisionId],
    );
    await describe(name, 'new');
    const two = await publish(name);
    assert.deepEqual([two.Version, two.Description, two.CodeSha256], ['2', 'new', one.CodeSha256]);
    assert.notEqual(two.ConfigSha256, one.ConfigSha256);
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: name, Qualifier: '2' }));
    assert.equal((await publish(name)).Version, '3');
  });

  test('a version runs what it was published with', async () => {
    const answering = (answer: string) => zipOf({ 'index.js': `exports.handler = async () => '${answer}';` });
    const { name } = await lambdad.function({ code: await answering('one') });
    await publish(name);
    const reply = await lambdad.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: await answering('two'), Publish: true }),
    );
    assert.deepEqual([reply.Version, reply.FunctionArn], ['2', `${arnOf(name)}:2`]);
    await waitUntilFunctionUpdatedV2({ client: lambdad.lambda, maxWaitTime: 20, minDelay: 1 }, { FunctionName: name });
    for (const [Qualifier, expected] of [
      ['1', 'one'],
      ['2', 'two'],
    ] as const) {
      const { Payload, ExecutedVersion } = await lambdad.lambda.send(
        new InvokeCommand({ FunctionName: name, Qualifier }),
      );
      assert.deepEqual([JSON.parse(Payload?.transformToString() ?? ''), ExecutedVersion], [expected, Qualifier]);
    }
  });

  test('another hash, another RevisionId and what is not there are refused in the words of AWS', async () => {
    const { name } = await lambdad.function({ code: echo });
    const { CodeSha256, RevisionId } = await configuration(name);
    assertRefused(
      await request(name, { CodeSha256: 'another' }),
      invalidParameter(
        `CodeSHA256 (another) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      ),
    );
    assertRefused(await request(name, { RevisionId: 'another' }), {
      status: 412,
      code: 'PreconditionFailedException',
      body: {
        Type: 'User',
        message:
          'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
      },
    });
    assertRefused(await request('nobody', {}), notFound(`Function not found: ${arnOf('nobody')}`));
    assertRefused(
      await apiRequest(lambdad.endpoint, { path: '/2015-03-31/functions/nobody/versions' }),
      notFound(`Function not found: ${arnOf('nobody')}`),
    );
    assertRefused(
      await request(`${name}:1`, {}),
      invalidParameter(
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
      ),
    );
    const elsewhere = await apiRequest(lambdad.endpoint, {
      path: `/2015-03-31/functions/${encodeURIComponent(arnOf(name))}/versions`,
      region: 'eu-west-1',
    });
    assertRefused(elsewhere, notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"));
    assert.equal((await configuration(name)).RevisionId, RevisionId, 'nothing has changed');
    assert.equal((await publish(name, { CodeSha256, RevisionId })).Version, '1');
  });

  test('a list begins with $LATEST, holds fifty at most, and leaves out the state', async () => {
    const { name } = await lambdad.function({ code: echo });
    const { lambda } = lambdad;
    for (let n = 0; n < 51; n += 1) {
      // Not waited for with the SDK's waiter, which sleeps for a second.
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Description: String(n) }));
      while ((await configuration(name)).LastUpdateStatus !== 'Successful');
      await publish(name);
    }
    const first = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: name, MaxItems: 10_000 }));
    assert.equal(first.Versions?.length, 50);
    assert.equal(first.Versions[0]?.FunctionArn, `${arnOf(name)}:$LATEST`);
    assert.equal(first.Versions[1]?.FunctionArn, `${arnOf(name)}:1`);
    const expected =
      'Architectures CodeSha256 CodeSize ConfigSha256 Description EphemeralStorage FunctionArn FunctionName Handler LastModified LoggingConfig MemorySize PackageType RevisionId Role Runtime SnapStart Timeout TracingConfig Version';
    assert.deepEqual(Object.keys(first.Versions[1] ?? {}).sort(), expected.split(' '));
    const seen: (string | undefined)[] = [];
    for await (const page of paginateListVersionsByFunction({ client: lambda, pageSize: 20 }, { FunctionName: name })) {
      seen.push(...(page.Versions ?? []).map((version) => version.Version));
    }
    assert.deepEqual(seen, ['$LATEST', ...Array.from({ length: 51 }, (_, n) => String(n + 1))]);
  });

  test('a version with SnapStart is Pending first, then Active and On', async () => {
    const { name } = await lambdad.function({
      code: { 'app.py': 'def handler(event, context):\n    return event\n' },
      Runtime: 'python3.13',
      Handler: 'app.handler',
      SnapStart: { ApplyOn: 'PublishedVersions' },
    });
    const published = await publish(name);
    assert.deepEqual(
      [published.State, published.StateReasonCode, published.LastUpdateStatus],
      ['Pending', 'Creating', 'InProgress'],
    );
    const target = { FunctionName: name, Qualifier: '1' };
    await waitUntilPublishedVersionActive({ client: lambdad.lambda, maxWaitTime: 20, minDelay: 1 }, target);
    const on = { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' };
    assert.deepEqual((await configuration(name, '1')).SnapStart, on);
    assert.equal((await configuration(name)).SnapStart?.OptimizationStatus, 'Off');
  });

  test('a network, file systems and isolation of tenants are kept and echoed as AWS does', async () => {
    const vpc = { SubnetIds: ['subnet-0123456789abcdef0'], SecurityGroupIds: ['sg-0123456789abcdef0'] };
    const FileSystemConfigs = [
      {
        Arn: 'arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0',
        LocalMountPath: '/mnt/data',
      },
    ];
    const reply = await lambdad.lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'connected',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: await zipOf(echo) },
        VpcConfig: vpc,
        FileSystemConfigs,
        TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
      }),
    );
    const { VpcId = '', ...echoed } = reply.VpcConfig ?? {};
    assert.match(VpcId, /^vpc-[0-9a-f]{17}$/);
    assert.deepEqual(echoed, { ...vpc, Ipv6AllowedForDualStack: false });
    assert.deepEqual(reply.FileSystemConfigs, FileSystemConfigs);
    assert.deepEqual(reply.TenancyConfig, { TenantIsolationMode: 'PER_TENANT' });
    const create = (VpcConfig: object) =>
      apiRequest(lambdad.endpoint, {
        method: 'POST',
        path: '/2015-03-31/functions',
        body: {
          FunctionName: 'x',
          Runtime: 'nodejs24.x',
          Handler: 'a.b',
          Role: role,
          Code: { ZipFile: '' },
          VpcConfig,
        },
      });
    assertRefused(
      await create({ ...vpc, SubnetIds: ['subnet-12345'] }),
      invalidParameter(
        "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID 'subnet-12345' does not exist",
      ),
    );
    assertRefused(
      await create({ ...vpc, SecurityGroupIds: ['sg-12345'] }),
      invalidParameter(
        "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group 'sg-12345' does not exist",
      ),
    );
  });
});

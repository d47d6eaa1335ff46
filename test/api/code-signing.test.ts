/** Code signing configurations through the real SDK. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateCodeSigningConfigCommand,
  type CreateCodeSigningConfigCommandInput,
  CreateFunctionCommand,
  DeleteCodeSigningConfigCommand,
  DeleteFunctionCodeSigningConfigCommand,
  DeleteFunctionCommand,
  GetCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  type LambdaClient,
  ListFunctionsByCodeSigningConfigCommand,
  PutFunctionCodeSigningConfigCommand,
  paginateListCodeSigningConfigs,
  paginateListFunctionsByCodeSigningConfig,
  UpdateCodeSigningConfigCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { assertRefused, notFound, type Refusal, validation } from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/;
const AllowedPublishers = {
  SigningProfileVersionArns: ['arn:aws:signer:us-east-1:000000000000:/signing-profiles/profile/0123456789'],
};
const never = 'arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-0123456789abcdef0';
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

suite('code signing', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let archive: Buffer;
  before(async () => {
    archive = await zipOf(echo);
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const createConfig = async (
    more: Partial<CreateCodeSigningConfigCommandInput> = {},
    client: LambdaClient = lambdad.lambda,
  ) => {
    const reply = await client.send(new CreateCodeSigningConfigCommand({ AllowedPublishers, ...more }));
    return { reply, arn: reply.CodeSigningConfig?.CodeSigningConfigArn ?? '' };
  };
  const createFunction = (FunctionName: string, CodeSigningConfigArn?: string, client: LambdaClient = lambdad.lambda) =>
    client.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: archive },
        CodeSigningConfigArn,
      }),
    );
  const put = (FunctionName: string, CodeSigningConfigArn: string) =>
    lambdad.lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName, CodeSigningConfigArn }));
  const enforce = { CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' as const } };

  test('the reply has every member, and reading says the same', async () => {
    const { reply, arn } = await createConfig({ Description: 'ours', Tags: { team: 'blue' } });
    assert.equal(reply.$metadata.httpStatusCode, 201);
    const { CodeSigningConfigId = '', LastModified, ...rest } = reply.CodeSigningConfig ?? {};
    assert.match(CodeSigningConfigId, /^csc-[0-9a-f]{17}$/);
    assert.match(LastModified ?? '', isoTime);
    assert.deepEqual(rest, {
      CodeSigningConfigArn: `arn:aws:lambda:us-east-1:000000000000:code-signing-config:${CodeSigningConfigId}`,
      Description: 'ours',
      AllowedPublishers,
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Warn' },
    });
    const read = await lambdad.lambda.send(new GetCodeSigningConfigCommand({ CodeSigningConfigArn: arn }));
    assert.deepEqual(read.CodeSigningConfig, reply.CodeSigningConfig);
  });

  test('an update changes what it names', async () => {
    const { reply, arn } = await createConfig({ Description: 'before' });
    const update = new UpdateCodeSigningConfigCommand({ CodeSigningConfigArn: arn, ...enforce });
    const { CodeSigningConfig, $metadata } = await lambdad.lambda.send(update);
    assert.equal($metadata.httpStatusCode, 200);
    const { LastModified, ...changed } = CodeSigningConfig ?? {};
    assert.match(LastModified ?? '', isoTime);
    const { LastModified: _, ...before } = reply.CodeSigningConfig ?? {};
    assert.deepEqual(changed, { ...before, ...enforce });
  });

  test('a function has the configuration that it was created with or given, until it is taken off', async () => {
    const { arn } = await createConfig();
    await createFunction('signed', arn);
    const read = async () => {
      const command = new GetFunctionCodeSigningConfigCommand({ FunctionName: 'signed' });
      const { $metadata, ...reply } = await lambdad.lambda.send(command);
      assert.equal($metadata.httpStatusCode, 200);
      return reply;
    };
    assert.deepEqual(await read(), { CodeSigningConfigArn: arn, FunctionName: 'signed' });
    for (let times = 0; times < 2; times += 1) {
      const command = new DeleteFunctionCodeSigningConfigCommand({ FunctionName: 'signed' });
      assert.equal((await lambdad.lambda.send(command)).$metadata.httpStatusCode, 204);
    }
    assert.deepEqual(await read(), {});
    const { $metadata, ...reply } = await put(arnOf('signed'), arn);
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(reply, { CodeSigningConfigArn: arn, FunctionName: 'signed' });
    assert.deepEqual(await read(), reply);
  });

  test('Enforce refuses an unsigned zip on create and update, Warn lets it pass', async () => {
    const [warn, strict] = [await createConfig(), await createConfig(enforce)];
    const unverified = (name: string): Refusal => ({
      status: 400,
      code: 'CodeVerificationFailedException',
      body: {
        Type: 'User',
        Message: `Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. Check the provided signature for ${name}.`,
      },
    });
    const ZipFile = archive.toString('base64');
    const body = {
      FunctionName: 'unsigned',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile },
      CodeSigningConfigArn: strict.arn,
    };
    assertRefused(
      await apiRequest(lambdad.endpoint, { method: 'POST', path: '/2015-03-31/functions', body }),
      unverified('unsigned'),
    );
    const fn = await lambdad.function({ code: echo, CodeSigningConfigArn: warn.arn });
    await put(fn.name, strict.arn);
    const path = `/2015-03-31/functions/${fn.name}/code`;
    const update = await apiRequest(lambdad.endpoint, { method: 'PUT', path, body: { ZipFile } });
    assertRefused(update, unverified(fn.name));
    await put(fn.name, warn.arn);
    await lambdad.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: fn.name, ZipFile: archive }));
  });

  test('a configuration in use is not deleted; once nothing uses it, it is', async () => {
    const { arn } = await createConfig();
    await createFunction('user', arn);
    const remove = () => lambdad.lambda.send(new DeleteCodeSigningConfigCommand({ CodeSigningConfigArn: arn }));
    const users = async () => {
      const command = new ListFunctionsByCodeSigningConfigCommand({ CodeSigningConfigArn: arn });
      return (await lambdad.lambda.send(command)).FunctionArns;
    };
    assert.deepEqual(await users(), [arnOf('user')]);
    await assert.rejects(remove(), (error: { name: string; $metadata: { httpStatusCode: number } }) => {
      assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['ResourceConflictException', 409]);
      return true;
    });
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: 'user' }));
    assert.deepEqual(await users(), []);
    assert.equal((await remove()).$metadata.httpStatusCode, 204);
    await assert.rejects(remove(), { name: 'ResourceNotFoundException' });
  });

  test('lists come in pages, each account and region with its own', async () => {
    const client = lambdad.client({ account: '000000000201' });
    const arns = await Promise.all(Array.from({ length: 52 }, async () => (await createConfig({}, client)).arn));
    const sizes: number[] = [];
    const seen: string[] = [];
    for await (const page of paginateListCodeSigningConfigs({ client }, {})) {
      sizes.push(page.CodeSigningConfigs?.length ?? 0);
      seen.push(...(page.CodeSigningConfigs ?? []).map((config) => config.CodeSigningConfigArn ?? ''));
    }
    assert.deepEqual(sizes, [50, 2]);
    assert.deepEqual(seen.toSorted(), arns.toSorted());
    const CodeSigningConfigArn = arns[0] ?? '';
    for (const name of ['c', 'a', 'b']) await createFunction(name, CodeSigningConfigArn, client);
    const pages: unknown[] = [];
    const functions = paginateListFunctionsByCodeSigningConfig({ client, pageSize: 2 }, { CodeSigningConfigArn });
    for await (const page of functions) pages.push(page.FunctionArns?.map((arn) => arn.split(':').at(-1)));
    assert.deepEqual(pages, [['a', 'b'], ['c']]);
    client.destroy();
    const answer = await apiRequest(lambdad.endpoint, {
      path: `/2020-04-22/code-signing-configs/${encodeURIComponent(CodeSigningConfigArn)}`,
    });
    assertRefused(answer, {
      status: 404,
      code: 'ResourceNotFoundException',
      body: { Message: `The Lambda code signing configuration ${CodeSigningConfigArn} can not be found.` },
    });
  });

  test('what is not there is refused, by configurations and by functions with errors of their own', async () => {
    await createFunction('plain');
    const configs = '/2020-04-22/code-signing-configs';
    const config = `${configs}/${encodeURIComponent(never)}`;
    const unknown: Refusal = {
      status: 404,
      code: 'ResourceNotFoundException',
      body: { Message: `The Lambda code signing configuration ${never} can not be found.` },
    };
    const ask = (method: string, path: string, body?: object) => apiRequest(lambdad.endpoint, { method, path, body });
    assertRefused(await ask('GET', config), unknown);
    assertRefused(await ask('PUT', config, {}), unknown);
    assertRefused(await ask('DELETE', config), unknown);
    assertRefused(await ask('GET', `${config}/functions`), unknown);

    const ofFunction: Refusal = {
      status: 404,
      code: 'CodeSigningConfigNotFoundException',
      body: {
        Message: `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${never}.`,
      },
    };
    const path = (name: string) => `/2020-06-30/functions/${name}/code-signing-config`;
    assertRefused(await ask('PUT', path('plain'), { CodeSigningConfigArn: never }), ofFunction);
    const created = await ask('POST', '/2015-03-31/functions', {
      FunctionName: 'never',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile: archive.toString('base64') },
      CodeSigningConfigArn: never,
    });
    assertRefused(created, ofFunction);

    const missing = notFound(`Function not found: ${arnOf('nobody')}`);
    assertRefused(await ask('GET', path('nobody')), missing);
    assertRefused(await ask('DELETE', path('nobody')), missing);
    const { arn } = await createConfig();
    assertRefused(await ask('PUT', path('nobody'), { CodeSigningConfigArn: arn }), missing);
    assertRefused(
      await ask('POST', configs, {}),
      validation(
        "1 validation error detected: Value null at 'allowedPublishers' failed to satisfy constraint: Member must not be null",
      ),
    );
  });
});

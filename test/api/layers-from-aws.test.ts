/** Layers of other accounts, fetched from AWS, which another daemon stands for. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  AddLayerVersionPermissionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const owner = '111111111111';
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:${owner}:layer:${name}:1`;
const code = {
  'index.js': `exports.handler = async () => require('node:fs').readFileSync('/opt/answer.txt', 'utf8');`,
};
const node = { Runtime: 'nodejs24.x', code } as const;

suite('layers from AWS', () => {
  let aws: TestDaemon;
  const variables = { AWS_ACCESS_KEY_ID: 'AKIAI44QH2DHBK3WXYZA', AWS_SECRET_ACCESS_KEY: 'secret' };
  before(async () => {
    // Its links are followed on this machine, where there may be no DNS.
    aws = await TestDaemon.start({ settings: { LOCALSTACK_HOST: '127.0.0.1' } });
    const publisher = aws.client({ account: owner });
    for (const LayerName of ['public', 'private']) {
      const Content = { ZipFile: await zipOf({ 'answer.txt': LayerName }) };
      await publisher.send(new PublishLayerVersionCommand({ LayerName, Content }));
    }
    const statement = { StatementId: 'all', Principal: '*', Action: 'lambda:GetLayerVersion' };
    await publisher.send(new AddLayerVersionPermissionCommand({ LayerName: 'public', VersionNumber: 1, ...statement }));
    publisher.destroy();
    Object.assign(process.env, variables);
  });
  after(async () => {
    for (const name of Object.keys(variables)) delete process.env[name];
    await aws[Symbol.asyncDispose]();
  });

  const start = (settings: Readonly<Record<string, string>> = {}) =>
    TestDaemon.start({
      settings: { LAMBDA_DOWNLOAD_AWS_LAYERS: '1', LAMBDAD_AWS_LAYERS_ENDPOINT: aws.endpoint, ...settings },
    });

  test('a function gets the layer at /opt, and it is shown as any other', async () => {
    await using daemon = await start();
    const fn = await daemon.function({ ...node, Layers: [arnOf('public')] });
    assert.equal((await fn.invoke()).payload, 'public');
    const shown = await daemon.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: fn.name }));
    assert.equal(shown.Layers?.[0]?.Arn, arnOf('public'));
    assert.ok((shown.Layers?.[0]?.CodeSize ?? 0) > 0);
  });

  test('an update of the configuration fetches too', async () => {
    await using daemon = await start({ LAMBDA_SYNCHRONOUS_CREATE: '1' });
    const fn = await daemon.function({ ...node });
    await daemon.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, Layers: [arnOf('public')] }),
    );
    assert.equal((await fn.invoke()).payload, 'public');
  });

  test("AWS's refusal is the answer, and the function is not created", async () => {
    await using daemon = await start();
    await assert.rejects(daemon.function({ ...node, Layers: [arnOf('private')] }), {
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: lambda:GetLayerVersion on resource: ${arnOf('private')} because no resource-based policy allows the lambda:GetLayerVersion action`,
    });
  });

  test('without credentials, or with those of tests, AWS is not asked', async () => {
    await using daemon = await start();
    const given = process.env['AWS_ACCESS_KEY_ID'];
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    try {
      await assert.rejects(daemon.function({ ...node, Layers: [arnOf('public')] }), {
        name: 'AccessDeniedException',
        message:
          /^User: arn:aws:iam::0{12}:root is not authorized .* action\. The layer is not here, and could not be fetched from AWS: the daemon has no AWS credentials\./,
      });
    } finally {
      process.env['AWS_ACCESS_KEY_ID'] = given;
    }
  });

  test('with LAMBDA_DOWNLOAD_AWS_LAYERS=0 nothing is fetched', async () => {
    await using daemon = await start({ LAMBDA_DOWNLOAD_AWS_LAYERS: '0' });
    await assert.rejects(daemon.function({ ...node, Layers: [arnOf('public')] }), {
      name: 'AccessDeniedException',
      message: /because no resource-based policy allows the lambda:GetLayerVersion action$/,
    });
  });

  test('a fetched layer counts to nobody’s code, and stays while a function uses it', async () => {
    await using daemon = await start();
    const fn = await daemon.function({ ...node, Layers: [arnOf('public')] });
    const other = await daemon.function({ ...node, Layers: [arnOf('public')] });
    await daemon.lambda.send(new DeleteFunctionCommand({ FunctionName: fn.name }));
    assert.equal((await other.invoke()).payload, 'public');
    const { AccountUsage } = await daemon.lambda.send(new GetAccountSettingsCommand({}));
    const { Configuration } = await daemon.lambda.send(new GetFunctionCommand({ FunctionName: other.name }));
    assert.equal(AccountUsage?.TotalCodeSize, Configuration?.CodeSize);
  });
});

/** What a function calls from inside, with the credentials and the endpoint that it finds in its environment. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { TestDaemon } from '../kit/test-daemon.ts';
import { TestFunction } from '../kit/test-function.ts';

const code = {
  'index.js': `exports.handler = async () => ({
    endpoint: process.env.AWS_ENDPOINT_URL, region: process.env.AWS_REGION,
    accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
    sessionToken: process.env.AWS_SESSION_TOKEN,
  });`,
};

test('with its own credentials a function acts in its own account and region', async () => {
  await using lambdad = await TestDaemon.start();
  const owner = lambdad.client({ account: '123456789012', region: 'eu-west-1' });
  await lambdad.function({ FunctionName: 'of-another-account', code });
  const fn = await TestFunction.create(owner, { FunctionName: 'own', code });
  const { endpoint, region, ...credentials } = (await fn.invoke()).payload as Record<string, string> & {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  const client = new LambdaClient({ endpoint: endpoint ?? '', region: region ?? '', credentials });
  const { Functions } = await client.send(new ListFunctionsCommand({}));
  assert.deepEqual(
    Functions?.map(({ FunctionArn }) => FunctionArn),
    ['arn:aws:lambda:eu-west-1:123456789012:function:own'],
  );
  client.destroy();
  owner.destroy();
});

test('LAMBDA_DISABLE_AWS_ENDPOINT_URL leaves the endpoint out', async () => {
  await using lambdad = await TestDaemon.start({ settings: { LAMBDA_DISABLE_AWS_ENDPOINT_URL: '1' } });
  const fn = await lambdad.function({ code });
  assert.equal('endpoint' in ((await fn.invoke()).payload as object), false);
});

/**
 * `ENFORCE_IAM=1`: function URLs and calls from other accounts, as the policies of functions say. Without it no policy is
 * asked, as the tests of function URLs show.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateFunctionUrlConfigCommand,
  GetFunctionCommand,
  InvokeCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { assertRefused } from '../kit/refusal.ts';
import { signedRequest } from '../kit/signed-request.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { urlRequest } from '../kit/url-request.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const hello = { 'index.js': "exports.handler = async () => 'hello';" };
const stranger = '111111111111';
const forbidden =
  '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}';

interface UrlAnswer {
  readonly status: number;
  readonly text: string;
}

suite('ENFORCE_IAM', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start({ settings: { ENFORCE_IAM: '1' } });
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const allow = (FunctionName: string, StatementId: string, more: Partial<AddPermissionCommandInput>) =>
    lambdad.lambda.send(
      new AddPermissionCommand({ FunctionName, StatementId, Principal: '*', Action: 'lambda:InvokeFunction', ...more }),
    );

  /** Calls a function URL of the daemon, whatever its host name resolves to. */
  async function visit(url: string, account?: string): Promise<UrlAnswer> {
    const { host, hostname } = new URL(url);
    const signed = account === undefined ? {} : await signedRequest({ host }, { accessKeyId: account });
    const { status, text } = await urlRequest(lambdad.port, hostname, signed);
    return { status, text };
  }

  async function urlOf(FunctionName: string, AuthType: 'NONE' | 'AWS_IAM'): Promise<string> {
    const reply = await lambdad.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType }));
    return reply.FunctionUrl ?? '';
  }

  test('a URL of AuthType NONE needs both permissions for everyone', async () => {
    const fn = await lambdad.function({ code: hello });
    const url = await urlOf(fn.name, 'NONE');
    assert.deepEqual(await visit(url), { status: 403, text: forbidden });
    await allow(fn.name, 'url', { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' });
    assert.deepEqual(await visit(url), { status: 403, text: forbidden });
    await allow(fn.name, 'invoke', { InvokedViaFunctionUrl: true });
    assert.deepEqual(await visit(url), { status: 200, text: 'hello' });
  });

  test('a URL of AuthType AWS_IAM lets its own account in, and others when the policy does', async () => {
    const fn = await lambdad.function({ code: hello });
    const url = await urlOf(fn.name, 'AWS_IAM');
    assert.deepEqual(await visit(url), { status: 403, text: forbidden });
    assert.deepEqual(await visit(url, '000000000000'), { status: 200, text: 'hello' });
    assert.deepEqual(await visit(url, stranger), { status: 403, text: forbidden });
    for (const action of ['InvokeFunctionUrl', 'InvokeFunction']) {
      await allow(fn.name, action, { Action: `lambda:${action}`, Principal: stranger });
    }
    assert.deepEqual(await visit(url, stranger), { status: 200, text: 'hello' });
  });

  test('another account invokes and reads what the policy allows', async () => {
    const fn = await lambdad.function({ code: hello });
    const other = lambdad.client({ account: stranger });
    const invoke = () => other.send(new InvokeCommand({ FunctionName: arnOf(fn.name) }));
    assertRefused(
      await apiRequest(lambdad.endpoint, {
        method: 'POST',
        path: `/2015-03-31/functions/${encodeURIComponent(arnOf(fn.name))}/invocations`,
        body: {},
        account: stranger,
      }),
      {
        status: 403,
        code: 'AccessDeniedException',
        body: {
          Message: `User: arn:aws:iam::${stranger}:root is not authorized to perform: lambda:InvokeFunction on resource: ${arnOf(fn.name)} because no resource-based policy allows the lambda:InvokeFunction action`,
        },
      },
    );
    await allow(fn.name, 'invoke', { Principal: stranger });
    const reply = await invoke();
    assert.equal(Buffer.from(reply.Payload ?? '').toString(), '"hello"');
    await assert.rejects(other.send(new GetFunctionCommand({ FunctionName: arnOf(fn.name) })), /lambda:GetFunction/);
    await allow(fn.name, 'read', { Principal: stranger, Action: 'lambda:GetFunction' });
    const { Configuration } = await other.send(new GetFunctionCommand({ FunctionName: arnOf(fn.name) }));
    assert.equal(Configuration?.FunctionArn, arnOf(fn.name));
    other.destroy();
  });

  test('a denial holds for everyone, the owner too', async () => {
    const fn = await lambdad.function({ code: hello });
    const deny = { Effect: 'Deny', Principal: '*', Action: 'lambda:InvokeFunction', Resource: arnOf(fn.name) };
    await lambdad.lambda.send(
      new PutResourcePolicyCommand({
        ResourceArn: arnOf(fn.name),
        Policy: JSON.stringify({ Version: '2012-10-17', Statement: [deny] }),
      }),
    );
    await assert.rejects(fn.invoke(), /with an explicit deny in a resource-based policy/);
  });
});

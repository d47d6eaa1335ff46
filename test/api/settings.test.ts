/** Settings that change how the API answers or how functions run. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { assertRefused, entityTooLarge, invalidParameter } from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const counting = { 'index.js': 'let n = 0; exports.handler = async () => ++n;' };

suite('Settings', () => {
  const started = (settings: Record<string, string>): Promise<TestDaemon> => TestDaemon.start({ settings });
  const input = async (more: Partial<CreateFunctionCommandInput> = {}): Promise<CreateFunctionCommandInput> => ({
    FunctionName: 'set',
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Role: role,
    Code: { ZipFile: await zipOf(echo) },
    ...more,
  });
  const create = async (lambdad: TestDaemon, more: object = {}) =>
    apiRequest(lambdad.endpoint, {
      method: 'POST',
      path: '/2015-03-31/functions',
      body: { ...(await input()), Code: { ZipFile: (await zipOf(echo)).toString('base64') }, ...more },
    });

  test('LAMBDA_SYNCHRONOUS_CREATE=1 answers when the function can be invoked', async () => {
    await using lambdad = await started({ LAMBDA_SYNCHRONOUS_CREATE: '1' });
    const created = await lambdad.lambda.send(new CreateFunctionCommand(await input()));
    assert.equal(created.State, 'Active');
    const ZipFile = await zipOf(counting);
    const updated = await lambdad.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'set', ZipFile }));
    assert.equal(updated.LastUpdateStatus, 'Successful');
  });

  test('LAMBDA_KEEPALIVE_MS=0 makes every invocation a cold start', async () => {
    await using lambdad = await started({ LAMBDA_KEEPALIVE_MS: '0' });
    const fn = await lambdad.function({ code: counting });
    assert.deepEqual([(await fn.invoke()).payload, (await fn.invoke()).payload], [1, 1]);
  });

  test('LAMBDA_LIMITS_CONCURRENT_EXECUTIONS throttles what is beyond it', async () => {
    await using lambdad = await started({ LAMBDA_LIMITS_CONCURRENT_EXECUTIONS: '0' });
    const fn = await lambdad.function({ code: echo });
    const path = `/2015-03-31/functions/${fn.name}/invocations`;
    const answer = await apiRequest(lambdad.endpoint, { method: 'POST', path, body: '{}' });
    assertRefused(answer, {
      status: 429,
      code: 'TooManyRequestsException',
      body: { Type: 'User', message: 'Rate Exceeded.', Reason: 'ConcurrentInvocationLimitExceeded' },
    });
    assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
  });

  test('LAMBDA_LIMITS_CODE_SIZE_ZIPPED bounds the upload', async () => {
    await using lambdad = await started({ LAMBDA_LIMITS_CODE_SIZE_ZIPPED: '64' });
    assertRefused(await create(lambdad), entityTooLarge('Zipped size must be smaller than 64 bytes'));
  });

  test('LAMBDA_LIMITS_CODE_SIZE_UNZIPPED bounds what is in it', async () => {
    await using lambdad = await started({ LAMBDA_LIMITS_CODE_SIZE_UNZIPPED: '16' });
    assertRefused(await create(lambdad), invalidParameter('Unzipped size must be smaller than 16 bytes'));
  });

  test('LAMBDA_LIMITS_TOTAL_CODE_SIZE bounds all code together', async () => {
    await using lambdad = await started({ LAMBDA_LIMITS_TOTAL_CODE_SIZE: '16' });
    const { status, errorType } = await create(lambdad);
    assert.deepEqual([status, errorType], [400, 'CodeStorageExceededException']);
  });

  test('LAMBDA_LIMITS_CREATE_FUNCTION_REQUEST_SIZE bounds the request', async () => {
    await using lambdad = await started({ LAMBDA_LIMITS_CREATE_FUNCTION_REQUEST_SIZE: '100' });
    const refusal = entityTooLarge('Request must be smaller than 100 bytes for the CreateFunction operation');
    assertRefused(await create(lambdad), refusal);
  });

  test('LAMBDA_LIMITS_MAX_FUNCTION_ENVVAR_SIZE_BYTES bounds the variables', async () => {
    await using lambdad = await started({ LAMBDA_LIMITS_MAX_FUNCTION_ENVVAR_SIZE_BYTES: '10' });
    const { status, errorType, text } = await create(lambdad, { Environment: { Variables: { NAME: 'value' } } });
    assert.deepEqual([status, errorType], [400, 'InvalidParameterValueException']);
    assert.match(text, /String measured: \{\\"NAME\\":\\"value\\"\}/);
  });

  test('LAMBDA_LIMITS_MAX_FUNCTION_PAYLOAD_SIZE_BYTES bounds request and response', async () => {
    await using lambdad = await started({ LAMBDA_LIMITS_MAX_FUNCTION_PAYLOAD_SIZE_BYTES: '200' });
    const fn = await lambdad.function({ code: { 'index.js': "exports.handler = async (n) => 'x'.repeat(n);" } });
    await assert.rejects(fn.invoke('x'.repeat(200)), { name: 'RequestTooLargeException' });
    assert.deepEqual((await fn.invoke(199)).payload, {
      errorMessage: 'Response payload size exceeded maximum allowed payload size (200 bytes).',
      errorType: 'Function.ResponseSizeTooLarge',
    });
    assert.equal((await fn.invoke(198)).payload, 'x'.repeat(198));
  });

  test('LAMBDA_RUNTIME_VALIDATION=1 refuses runtimes that AWS has withdrawn', async () => {
    await using lambdad = await started({ LAMBDA_RUNTIME_VALIDATION: '1' });
    const text =
      'The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.';
    assertRefused(await create(lambdad, { Runtime: 'nodejs12.x' }), invalidParameter(text));
  });

  test('LOCALSTACK_HOST is the host of the URLs that the API returns', async () => {
    await using lambdad = await started({ LOCALSTACK_HOST: 'lambda.test:8080' });
    const fn = await lambdad.function({ code: echo });
    const path = `/2021-10-31/functions/${fn.name}/url`;
    const { json } = await apiRequest(lambdad.endpoint, { method: 'POST', path, body: { AuthType: 'NONE' } });
    assert.match(
      String((json as Record<string, unknown>)['FunctionUrl']),
      /\.lambda-url\.us-east-1\.lambda\.test:8080\/$/,
    );
  });
});

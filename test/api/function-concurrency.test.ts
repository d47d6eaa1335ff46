/** Reserved concurrency and account settings: how they are set, shown, and what they do. Source: recorded answers of AWS. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { type ApiAnswer, apiRequest } from '../kit/api-request.ts';
import { assertRefused, invalidParameter, notFound, validation, violation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** Of the errors about the account's limits AWS leaves Type out. */
const limit = (message: string) => ({ ...invalidParameter(message), body: { message } });

suite('Reserved concurrency', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const put = (FunctionName: string, ReservedConcurrentExecutions: number) =>
    lambdad.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  const remove = (FunctionName: string) => lambdad.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  const request = (method: string, name: string, body?: object, region = 'us-east-1'): Promise<ApiAnswer> =>
    apiRequest(lambdad.endpoint, {
      method,
      path: `/${method === 'GET' ? '2019-09-30' : '2017-10-31'}/functions/${name}/concurrency`,
      region,
      ...(body && { body }),
    });

  test('put, get and delete answer with exactly the members that AWS sends', async () => {
    const { name } = await lambdad.function({ code: echo });
    const { json: unset } = await request('GET', name);
    assert.deepEqual(unset, {});
    const { $metadata, ...reply } = await put(name, 5);
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(reply, { ReservedConcurrentExecutions: 5 });
    const { $metadata: _, ...shown } = await lambdad.lambda.send(
      new GetFunctionConcurrencyCommand({ FunctionName: name }),
    );
    assert.deepEqual(shown, reply);
    const { Concurrency } = await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: name }));
    assert.deepEqual(Concurrency, reply);
    const deleted = await request('DELETE', name);
    assert.deepEqual([deleted.status, deleted.text], [204, '']);
    assert.equal('Concurrency' in (await lambdad.lambda.send(new GetFunctionCommand({ FunctionName: name }))), false);
    assert.equal((await remove(name)).$metadata.httpStatusCode, 204);
  });

  test('nothing reserved stops the function with 429 and the reason', async () => {
    const { name } = await lambdad.function({ code: echo });
    await put(name, 0);
    const answer = await apiRequest(lambdad.endpoint, {
      method: 'POST',
      path: `/2015-03-31/functions/${name}/invocations`,
      body: '{}',
    });
    assert.deepEqual(
      [answer.status, answer.errorType, answer.headers.get('retry-after')],
      [429, 'TooManyRequestsException', '1'],
    );
    assert.deepEqual(answer.json, {
      Type: 'User',
      message: 'Rate Exceeded.',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    await remove(name);
    const invoked = await lambdad.lambda.send(new InvokeCommand({ FunctionName: name, Payload: '{}' }));
    assert.equal(invoked.StatusCode, 200);
  });

  test('account settings count what is reserved and what is there', async () => {
    const client = lambdad.client({ account: '111122223333' });
    const { $metadata: _, ...fresh } = await client.send(new GetAccountSettingsCommand({}));
    assert.deepEqual(fresh, {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: 1000,
        UnreservedConcurrentExecutions: 1000,
      },
      AccountUsage: { TotalCodeSize: 0, FunctionCount: 0 },
    });
    client.destroy();
    const before = await lambdad.lambda.send(new GetAccountSettingsCommand({}));
    const { name } = await lambdad.function({ code: echo });
    await put(name, 10);
    const { AccountLimit, AccountUsage } = await lambdad.lambda.send(new GetAccountSettingsCommand({}));
    const free = before.AccountLimit?.UnreservedConcurrentExecutions ?? 0;
    assert.equal(AccountLimit?.UnreservedConcurrentExecutions, free - 10);
    assert.equal(AccountUsage?.FunctionCount, (before.AccountUsage?.FunctionCount ?? 0) + 1);
    assert.ok((AccountUsage?.TotalCodeSize ?? 0) > (before.AccountUsage?.TotalCodeSize ?? 0));
    await remove(name);
  });

  test('a reservation must leave a hundred', async () => {
    const { name } = await lambdad.function({ code: echo });
    assertRefused(
      await request('PUT', name, { ReservedConcurrentExecutions: 901 }),
      limit(
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
      ),
    );
    assertRefused(
      await request('PUT', name, { ReservedConcurrentExecutions: -1 }),
      validation(violation('-1', 'reservedConcurrentExecutions', 'have value greater than or equal to 0')),
    );
    const { json } = await request('GET', name);
    assert.deepEqual(json, {}, 'a refused call changes nothing');
  });

  test('versions, aliases, unknown functions and those of elsewhere are refused', async () => {
    const { name } = await lambdad.function({ code: echo });
    const whole = invalidParameter(
      'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
    );
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const body = method === 'PUT' ? { ReservedConcurrentExecutions: 1 } : undefined;
      assertRefused(await request(method, `${name}:1`, body), whole);
      assertRefused(await request(method, 'gone', body), notFound(`Function not found: ${arnOf('gone')}`));
      assertRefused(
        await request(method, arnOf(name), body, 'eu-west-1'),
        notFound("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
      );
      const foreign = await request(method, arnOf(name).replace('000000000000', '111122223333'), body);
      assert.deepEqual([foreign.status, foreign.errorType], [403, 'AccessDeniedException']);
    }
  });
});

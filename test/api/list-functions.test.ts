/** ListFunctions and DeleteFunction through the real SDK. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  type LambdaClient,
  ListFunctionsCommand,
  type ListFunctionsCommandInput,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

suite('ListFunctions and DeleteFunction', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let package_: Buffer;
  before(async () => {
    package_ = await zipOf(echo);
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  /** An account of a test's own, with so many functions. */
  async function accountWith(account: string, count: number): Promise<LambdaClient> {
    const client = lambdad.client({ account });
    for (let n = 0; n < count; n += 1) {
      await client.send(
        new CreateFunctionCommand({
          FunctionName: `f${String(n).padStart(3, '0')}`,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: role,
          Code: { ZipFile: package_ },
        }),
      );
    }
    return client;
  }
  const list = (client: LambdaClient, input: ListFunctionsCommandInput = {}) =>
    client.send(new ListFunctionsCommand(input));

  test('a list leaves out the state, its reasons and the version of the runtime', async () => {
    const client = await accountWith('000000000001', 1);
    const { Functions = [] } = await list(client);
    const expected =
      'Architectures CodeSha256 CodeSize ConfigSha256 Description EphemeralStorage FunctionArn FunctionName Handler LastModified LoggingConfig MemorySize PackageType RevisionId Role Runtime SnapStart Timeout TracingConfig Version';
    assert.deepEqual(Object.keys(Functions[0] ?? {}).sort(), expected.split(' '));
    client.destroy();
  });

  test('an account without functions has an empty list, and no marker', async () => {
    const { status, json } = await apiRequest(lambdad.endpoint, {
      path: '/2015-03-31/functions',
      account: '000000000002',
    });
    assert.equal(status, 200);
    assert.partialDeepStrictEqual(json, { Functions: [] });
    assert.equal((json as { NextMarker?: unknown }).NextMarker ?? null, null);
  });

  test('pages come in order of name, hold fifty at most, and the last has no marker', async () => {
    const client = await accountWith('000000000003', 53);
    const first = await list(client, { MaxItems: 10_000 });
    assert.equal(first.Functions?.length, 50);
    assert.ok(first.NextMarker);
    const second = await list(client, { Marker: first.NextMarker });
    assert.equal(second.NextMarker, undefined);
    const names = [...(first.Functions ?? []), ...(second.Functions ?? [])].map(({ FunctionName }) => FunctionName);
    assert.deepEqual(
      names,
      Array.from({ length: 53 }, (_, n) => `f${String(n).padStart(3, '0')}`),
    );
    client.destroy();
  });

  test("the SDK's paginator sees each function once", async () => {
    const client = await accountWith('000000000004', 7);
    const sizes: number[] = [];
    for await (const page of paginateListFunctions({ client, pageSize: 3 }, {}))
      sizes.push(page.Functions?.length ?? 0);
    assert.deepEqual(sizes, [3, 3, 1]);
    client.destroy();
  });

  test('FunctionVersion ALL lists $LATEST and every version with qualified ARNs', async () => {
    const client = await accountWith('000000000005', 0);
    const fn = { Runtime: 'nodejs24.x' as const, Handler: 'index.handler', Role: role, Code: { ZipFile: package_ } };
    await client.send(new CreateFunctionCommand({ FunctionName: 'versioned', Publish: true, ...fn }));
    const { Functions = [] } = await list(client, { FunctionVersion: 'ALL' });
    const arn = 'arn:aws:lambda:us-east-1:000000000005:function:versioned';
    assert.deepEqual(
      Functions.map(({ FunctionArn, Version }) => [FunctionArn, Version]),
      [
        [`${arn}:$LATEST`, '$LATEST'],
        [`${arn}:1`, '1'],
      ],
    );
    client.destroy();
  });

  test('a deleted function is gone: the reply is 204 with an empty body', async () => {
    const client = await accountWith('000000000006', 1);
    const path = '/2015-03-31/functions/f000';
    const reply = await apiRequest(lambdad.endpoint, { method: 'DELETE', path, account: '000000000006' });
    assert.deepEqual([reply.status, reply.text], [204, '']);
    assert.deepEqual((await list(client)).Functions, []);
    await assert.rejects(client.send(new DeleteFunctionCommand({ FunctionName: 'f000' })), {
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000006:function:f000',
    });
    client.destroy();
  });

  test('the name of a deleted function can be taken again at once', async () => {
    const client = await accountWith('000000000007', 1);
    await client.send(new DeleteFunctionCommand({ FunctionName: 'f000' }));
    client.destroy();
    const again = await accountWith('000000000007', 1);
    assert.equal((await list(again)).Functions?.length, 1);
    again.destroy();
  });

  test('a version is deleted alone, one that is not there is deleted too', async () => {
    const fn = await lambdad.function({ code: echo, Publish: true });
    const remove = (Qualifier: string) =>
      lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: fn.name, Qualifier }));
    assert.equal((await remove('1')).$metadata.httpStatusCode, 204);
    assert.equal((await remove('99')).$metadata.httpStatusCode, 204);
    await assert.rejects(fn.invoke({}, { Qualifier: '1' }), { name: 'ResourceNotFoundException' });
    assert.equal((await fn.invoke({ still: 'here' })).status, 200);
  });

  test('the number of a deleted version is not given again', async () => {
    const fn = await lambdad.function({ code: echo, Publish: true });
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: fn.name, Qualifier: '1' }));
    const reply = await lambdad.lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: fn.name,
        ZipFile: await zipOf({ 'index.js': '//' }),
        Publish: true,
      }),
    );
    assert.equal(reply.Version, '2');
  });
});

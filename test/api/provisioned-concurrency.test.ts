/** Provisioned concurrency: its configuration, and the environments that are there before anybody invokes. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ProvisionedConcurrencyConfigNotFoundException,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { type ApiAnswer, apiRequest } from '../kit/api-request.ts';
import { assertRefused, conflict, invalidParameter, notFound, validation, violation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const limit = (message: string) => ({ ...invalidParameter(message), body: { message } });
const modified = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/;

const reporter = {
  'index.js': `const started = Date.now();
exports.handler = async () => ({ type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE, pid: process.pid, started });`,
};
const broken = { 'index.js': "throw new Error('no');" };

suite('Provisioned concurrency', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const put = (FunctionName: string, Qualifier: string, ProvisionedConcurrentExecutions: number) =>
    lambdad.lambda.send(
      new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }),
    );
  const get = (FunctionName: string, Qualifier: string) =>
    lambdad.lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));
  const alias = (FunctionName: string, Name: string, FunctionVersion: string) =>
    lambdad.lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion }));
  const request = (method: string, name: string, query: string, body?: object): Promise<ApiAnswer> =>
    apiRequest(lambdad.endpoint, {
      method,
      path: `/2019-09-30/functions/${name}/provisioned-concurrency?${query}`,
      ...(body && { body }),
    });
  const wanted = (count: number) => ({ ProvisionedConcurrentExecutions: count });

  /** Asks until it is no longer in progress, as every tool does. */
  async function settled(name: string, qualifier: string) {
    for (;;) {
      const { $metadata: _, ...config } = await get(name, qualifier);
      if (config.Status !== 'IN_PROGRESS') return config;
    }
  }

  async function publishAnother(name: string): Promise<void> {
    await lambdad.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Description: 'another' }));
    await waitUntilFunctionUpdatedV2({ client: lambdad.lambda, maxWaitTime: 20, minDelay: 1 }, { FunctionName: name });
    await lambdad.lambda.send(new PublishVersionCommand({ FunctionName: name }));
  }

  test('environments are started ahead, and invocations run in them', async () => {
    const { name } = await lambdad.function({ code: reporter, Publish: true });
    const { $metadata, ...reply } = await put(name, '1', 2);
    assert.equal($metadata.httpStatusCode, 202);
    assert.match(reply.LastModified ?? '', modified);
    assert.deepEqual(reply, {
      RequestedProvisionedConcurrentExecutions: 2,
      AllocatedProvisionedConcurrentExecutions: 0,
      AvailableProvisionedConcurrentExecutions: 0,
      Status: 'IN_PROGRESS',
      LastModified: reply.LastModified,
    });
    assert.deepEqual(await settled(name, '1'), {
      ...reply,
      AllocatedProvisionedConcurrentExecutions: 2,
      AvailableProvisionedConcurrentExecutions: 2,
      Status: 'READY',
    });
    const invoke = async (Qualifier: string) => {
      const { Payload } = await lambdad.lambda.send(new InvokeCommand({ FunctionName: name, Qualifier }));
      return JSON.parse(Buffer.from(Payload ?? []).toString());
    };
    const ahead = await invoke('1');
    assert.equal(ahead.type, 'provisioned-concurrency');
    assert.equal((await invoke('$LATEST')).type, 'on-demand', 'only of this version');
    const removed = await lambdad.lambda.send(
      new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: name, Qualifier: '1' }),
    );
    assert.equal(removed.$metadata.httpStatusCode, 204);
    assert.equal((await invoke('1')).type, 'on-demand');
    await assert.rejects(get(name, '1'), ProvisionedConcurrencyConfigNotFoundException);
  });

  test('an init phase that fails is the reason of the status', async () => {
    const { name } = await lambdad.function({ code: broken, Publish: true });
    const { LastModified } = await put(name, '1', 1);
    assert.deepEqual(await settled(name, '1'), {
      RequestedProvisionedConcurrentExecutions: 1,
      AllocatedProvisionedConcurrentExecutions: 0,
      AvailableProvisionedConcurrentExecutions: 0,
      Status: 'FAILED',
      StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
      LastModified,
    });
  });

  test('a function lists its configurations page by page, and takes them with it', async () => {
    const { name } = await lambdad.function({ code: echo, Publish: true });
    await publishAnother(name);
    await alias(name, 'live', '2');
    for (const qualifier of ['1', 'live']) {
      await put(name, qualifier, 1);
      await settled(name, qualifier);
    }
    const list = (more = {}) =>
      lambdad.lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: name, ...more }));
    const { $metadata: _, ...all } = await list();
    const { $metadata: __, ...one } = await get(name, '1');
    const { $metadata: ___, ...live } = await get(name, 'live');
    assert.deepEqual(all, {
      ProvisionedConcurrencyConfigs: [
        { FunctionArn: `${arnOf(name)}:1`, ...one },
        { FunctionArn: `${arnOf(name)}:live`, ...live },
      ],
    });
    const first = await list({ MaxItems: 1 });
    assert.deepEqual(first.ProvisionedConcurrencyConfigs, all.ProvisionedConcurrencyConfigs?.slice(0, 1));
    const second = await list({ MaxItems: 1, Marker: first.NextMarker });
    assert.deepEqual(second.ProvisionedConcurrencyConfigs, all.ProvisionedConcurrencyConfigs?.slice(1));
    assert.equal(second.NextMarker, undefined);
    assertRefused(await request('GET', name, 'List=ALL&Marker=none'), invalidParameter('Invalid Marker.'));
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
    assertRefused(await request('GET', name, 'List=ALL'), notFound(`Function not found: ${arnOf(name)}`));
  });

  test('a version and an alias of it exclude each other', async () => {
    const { name } = await lambdad.function({ code: echo, Publish: true });
    await alias(name, 'live', '1');
    await put(name, 'live', 1);
    assertRefused(
      await request('PUT', name, 'Qualifier=1', wanted(1)),
      conflict('Version is pointed by a Provisioned Concurrency alias'),
    );
    await lambdad.lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: name, Qualifier: 'live' }));
    await put(name, '1', 1);
    assertRefused(
      await request('PUT', name, 'Qualifier=live', wanted(1)),
      conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"),
    );
  });

  test('only what is published can have some', async () => {
    const { name } = await lambdad.function({ code: echo });
    const qualifier = `Qualifier=${encodeURIComponent('$LATEST')}`;
    assertRefused(
      await request('PUT', name, qualifier, wanted(1)),
      invalidParameter('Provisioned Concurrency Configs cannot be applied to unpublished function versions.'),
    );
    for (const method of ['GET', 'DELETE']) {
      assertRefused(
        await request(method, name, qualifier),
        invalidParameter('The function resource provided must be an alias or a published version.'),
      );
    }
  });

  test('what is not there is named, and zero is too few', async () => {
    const { name } = await lambdad.function({ code: echo, Publish: true });
    assertRefused(await request('GET', name, 'Qualifier=1'), {
      status: 404,
      code: 'ProvisionedConcurrencyConfigNotFoundException',
      body: { Type: 'User', message: 'No Provisioned Concurrency Config found for this function' },
    });
    assertRefused(await request('GET', name, 'Qualifier=7'), notFound(`Function not found: ${arnOf(name)}:7`));
    assertRefused(
      await request('PUT', name, 'Qualifier=gone', wanted(1)),
      notFound(`Cannot find alias arn: ${arnOf(name)}:gone`),
    );
    assertRefused(
      await request('PUT', name, 'Qualifier=1', wanted(0)),
      validation(violation('0', 'provisionedConcurrentExecutions', 'have value greater than or equal to 1')),
    );
  });
});

suite('Provisioned concurrency and the limits of the account', () => {
  test('it fits into what is reserved, or into what is not', async () => {
    const settings = {
      LAMBDA_LIMITS_CONCURRENT_EXECUTIONS: '12',
      LAMBDA_LIMITS_MINIMUM_UNRESERVED_CONCURRENCY: '10',
    };
    await using lambdad = await TestDaemon.start({ settings });
    const { name } = await lambdad.function({ code: echo, Publish: true });
    const request = (path: string, body: object) =>
      apiRequest(lambdad.endpoint, { method: 'PUT', path: `/${path}`, body });
    const provision = (count: number) =>
      request(`2019-09-30/functions/${name}/provisioned-concurrency?Qualifier=1`, {
        ProvisionedConcurrentExecutions: count,
      });
    assertRefused(
      await provision(13),
      limit("Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [12]."),
    );
    assertRefused(
      await provision(3),
      limit(
        "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
      ),
    );
    await lambdad.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 1 }),
    );
    assertRefused(
      await provision(2),
      invalidParameter(
        'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
      ),
    );
    assert.equal((await provision(1)).status, 202);
    assertRefused(
      await request(`2017-10-31/functions/${name}/concurrency`, { ReservedConcurrentExecutions: 0 }),
      limit(" ReservedConcurrentExecutions  0 should not be lower than function's total provisioned concurrency [1]."),
    );
  });
});

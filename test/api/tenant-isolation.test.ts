/** Functions that isolate their tenants: who may invoke them how, and what runs where. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { assertRefused, invalidParameter, validation, violation } from '../kit/refusal.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const counter = {
  'index.js': `let count = 0;
exports.handler = async (event, context) => ({ tenant: context.tenantId, count: ++count });`,
};

suite('Tenant isolation', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const request = (name: string, headers: Record<string, string> = {}) =>
    apiRequest(lambdad.endpoint, {
      method: 'POST',
      path: `/2015-03-31/functions/${name}/invocations`,
      body: '{}',
      headers,
    });

  test('each tenant has an environment of its own, and the handler learns whose it is', async () => {
    const { name } = await lambdad.function({ code: counter, TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } });
    const invoke = async (TenantId: string) => {
      const { Payload } = await lambdad.lambda.send(new InvokeCommand({ FunctionName: name, TenantId }));
      return JSON.parse(Buffer.from(Payload ?? []).toString());
    };
    assert.deepEqual(await invoke('blue'), { tenant: 'blue', count: 1 });
    assert.deepEqual(await invoke('green'), { tenant: 'green', count: 1 });
    assert.deepEqual(await invoke('blue'), { tenant: 'blue', count: 2 });
  });

  test('a tenant id is required there and refused elsewhere, whatever kind of invocation it is', async () => {
    const isolated = await lambdad.function({ code: echo, TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } });
    const plain = await lambdad.function({ code: echo });
    for (const type of ['RequestResponse', 'Event', 'DryRun']) {
      assertRefused(
        await request(isolated.name, { 'X-Amz-Invocation-Type': type }),
        invalidParameter(
          'The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.',
        ),
      );
      const answer = await request(plain.name, { 'X-Amz-Invocation-Type': type, 'X-Amz-Tenant-Id': 'blue' });
      assert.deepEqual([answer.status, answer.errorType], [400, 'InvalidParameterValueException']);
    }
    assertRefused(
      await request(isolated.name, { 'X-Amz-Tenant-Id': 'a!b' }),
      validation(
        violation('a!b', 'tenantId', String.raw`satisfy regular expression pattern: [a-zA-Z0-9\._:\/=+\-@ ]+`),
      ),
    );
  });
});

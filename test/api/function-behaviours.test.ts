/** Recursion, runtime management and scaling configurations of functions. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateCapacityProviderCommand,
  CreateFunctionCommand,
  GetFunctionRecursionConfigCommand,
  GetFunctionScalingConfigCommand,
  GetRuntimeManagementConfigCommand,
  PutFunctionRecursionConfigCommand,
  PutFunctionScalingConfigCommand,
  PutRuntimeManagementConfigCommand,
  waitUntilPublishedVersionActive,
} from '@aws-sdk/client-lambda';
import { apiRequest } from '../kit/api-request.ts';
import { assertRefused, invalidParameter, notFound, validation, violation } from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

suite('Behaviours of functions', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  test('a loop is ended unless it was allowed', async () => {
    const { name } = await lambdad.function({ code: echo });
    const get = async () => {
      const { $metadata: _, ...config } = await lambdad.lambda.send(
        new GetFunctionRecursionConfigCommand({ FunctionName: name }),
      );
      return config;
    };
    assert.deepEqual(await get(), { RecursiveLoop: 'Terminate' });
    const { $metadata, ...put } = await lambdad.lambda.send(
      new PutFunctionRecursionConfigCommand({ FunctionName: name, RecursiveLoop: 'Allow' }),
    );
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(put, { RecursiveLoop: 'Allow' });
    assert.deepEqual(await get(), put);
    const path = (of: string) => `/2024-08-31/functions/${of}/recursion-config`;
    assertRefused(
      await apiRequest(lambdad.endpoint, { method: 'PUT', path: path(name), body: { RecursiveLoop: 'Sometimes' } }),
      validation(violation('Sometimes', 'recursiveLoop', 'satisfy enum value set: [Terminate, Allow]')),
    );
    assertRefused(
      await apiRequest(lambdad.endpoint, { path: path('gone') }),
      notFound(`Function not found: ${arnOf('gone')}`),
    );
  });

  test('each version has its own mode of runtime updates', async () => {
    const { name } = await lambdad.function({ code: echo, Publish: true });
    const get = async (more = {}) => {
      const { $metadata: _, ...config } = await lambdad.lambda.send(
        new GetRuntimeManagementConfigCommand({ FunctionName: name, ...more }),
      );
      return config;
    };
    assert.deepEqual(await get(), { UpdateRuntimeOn: 'Auto', FunctionArn: arnOf(name) });
    const RuntimeVersionArn = `arn:aws:lambda:us-east-1::runtime:${'0'.repeat(64)}`;
    const manual = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn } as const;
    const { $metadata, ...put } = await lambdad.lambda.send(
      new PutRuntimeManagementConfigCommand({ FunctionName: name, Qualifier: '1', ...manual }),
    );
    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(put, { ...manual, FunctionArn: `${arnOf(name)}:1` });
    assert.deepEqual(await get({ Qualifier: '1' }), put);
    assert.deepEqual(await get(), { UpdateRuntimeOn: 'Auto', FunctionArn: arnOf(name) });
    const path = `/2021-07-20/functions/${name}/runtime-management-config`;
    const missing = await apiRequest(lambdad.endpoint, { method: 'PUT', path, body: { UpdateRuntimeOn: 'Manual' } });
    assert.deepEqual([missing.status, missing.errorType], [400, 'InvalidParameterValueException']);
    assertRefused(
      await apiRequest(lambdad.endpoint, { path: path.replace(name, 'gone') }),
      notFound(`Function not found: ${arnOf('gone')}`),
    );
  });

  test('a version on a capacity provider scales as it was told', async () => {
    const { CapacityProvider } = await lambdad.lambda.send(
      new CreateCapacityProviderCommand({
        CapacityProviderName: 'instances',
        VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
        PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
      }),
    );
    const CapacityProviderArn = CapacityProvider?.CapacityProviderArn ?? '';
    await lambdad.lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'managed',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: await zipOf(echo) },
        CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn } },
        Publish: true,
      }),
    );
    const version = { FunctionName: 'managed', Qualifier: '1' };
    await waitUntilPublishedVersionActive({ client: lambdad.lambda, maxWaitTime: 20, minDelay: 1 }, version);
    const FunctionScalingConfig = { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 5 };
    const { $metadata, ...put } = await lambdad.lambda.send(
      new PutFunctionScalingConfigCommand({ ...version, FunctionScalingConfig }),
    );
    assert.equal($metadata.httpStatusCode, 202);
    assert.deepEqual(put, { FunctionState: 'Active' });
    const { $metadata: _, ...got } = await lambdad.lambda.send(new GetFunctionScalingConfigCommand(version));
    assert.deepEqual(got, {
      FunctionArn: `${arnOf('managed')}:1`,
      AppliedFunctionScalingConfig: FunctionScalingConfig,
      RequestedFunctionScalingConfig: FunctionScalingConfig,
    });
    const path = '/2025-11-30/functions/managed/function-scaling-config';
    assertRefused(
      await apiRequest(lambdad.endpoint, { path: `${path}?Qualifier=live` }),
      validation(
        violation('live', 'qualifier', String.raw`satisfy regular expression pattern: (\$LATEST\.PUBLISHED|[0-9]+)`),
      ),
    );
    assertRefused(
      await apiRequest(lambdad.endpoint, { path: `${path}?Qualifier=9` }),
      notFound(`Function not found: ${arnOf('managed')}:9`),
    );
  });

  test('only functions on capacity providers have a scaling configuration', async () => {
    const { name } = await lambdad.function({ code: echo, Publish: true });
    assertRefused(
      await apiRequest(lambdad.endpoint, {
        path: `/2025-11-30/functions/${name}/function-scaling-config?Qualifier=1`,
      }),
      invalidParameter(
        'Function scaling configuration is only supported for functions with a capacity provider configuration.',
      ),
    );
  });
});

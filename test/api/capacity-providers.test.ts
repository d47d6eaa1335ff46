/** The six operations on capacity providers, and functions on them. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  CreateCapacityProviderCommand,
  type CreateCapacityProviderCommandInput,
  CreateFunctionCommand,
  DeleteCapacityProviderCommand,
  DeleteFunctionCommand,
  GetCapacityProviderCommand,
  GetFunctionConfigurationCommand,
  ListFunctionVersionsByCapacityProviderCommand,
  ListTagsCommand,
  PublishVersionCommand,
  paginateListCapacityProviders,
  TagResourceCommand,
  UpdateCapacityProviderCommand,
} from '@aws-sdk/client-lambda';
import { type ApiRequest, apiRequest } from '../kit/api-request.ts';
import { assertRefused, conflict, invalidParameter, notFound, validation, violation } from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:capacity-provider:${name}`;
const needed = {
  VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0'], SecurityGroupIds: ['sg-0123456789abcdef0'] },
  PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
};

suite('Capacity providers', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let archive: Buffer;
  before(async () => {
    archive = await zipOf(echo);
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const create = (CapacityProviderName: string, more: Partial<CreateCapacityProviderCommandInput> = {}) =>
    lambdad.lambda.send(new CreateCapacityProviderCommand({ CapacityProviderName, ...needed, ...more }));
  const raw = (request: Omit<ApiRequest, 'path'>, rest = '') =>
    apiRequest(lambdad.endpoint, { ...request, path: `/2025-11-30/capacity-providers${rest}` });
  const config = (name: string) => ({
    LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: arnOf(name) },
  });
  const createFunction = (FunctionName: string, provider: string, more = {}) =>
    lambdad.lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: role,
        Code: { ZipFile: archive },
        CapacityProviderConfig: config(provider),
        ...more,
      }),
    );

  test('a provider is created, shown, changed and deleted', async () => {
    const { $metadata, CapacityProvider: created } = await create('life', { Tags: { a: 'b' } });
    assert.equal($metadata.httpStatusCode, 202);
    assert.match(created?.LastModified ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    const shown = {
      CapacityProviderArn: arnOf('life'),
      ...needed,
      InstanceRequirements: { Architectures: ['x86_64'] },
      CapacityProviderScalingConfig: { MaxVCpuCount: 400, ScalingMode: 'Auto' },
      LastModified: created?.LastModified,
    };
    assert.deepEqual(created, { ...shown, State: 'Pending' });
    const wire = await raw({}, '/life');
    assert.deepEqual([wire.status, wire.json], [200, { CapacityProvider: { ...shown, State: 'Active' } }]);
    const { CapacityProvider: byArn } = await lambdad.lambda.send(
      new GetCapacityProviderCommand({ CapacityProviderName: arnOf('life') }),
    );
    assert.deepEqual(byArn, { ...shown, State: 'Active' });
    const TelemetryConfig = { LoggingConfig: { SystemLogLevel: 'WARN' as const, LogGroup: '/mine' } };
    const update = new UpdateCapacityProviderCommand({
      CapacityProviderName: 'life',
      CapacityProviderScalingConfig: { MaxVCpuCount: 20 },
      PropagateTags: { Mode: 'Explicit', ExplicitTags: { team: 'a' } },
      TelemetryConfig,
    });
    const { $metadata: answered, CapacityProvider: updated } = await lambdad.lambda.send(update);
    assert.equal(answered.httpStatusCode, 202);
    const changed = {
      ...shown,
      State: 'Active',
      CapacityProviderScalingConfig: { MaxVCpuCount: 20, ScalingMode: 'Auto' },
      PropagateTags: { Mode: 'Explicit', ExplicitTags: { team: 'a' } },
      TelemetryConfig,
      LastModified: updated?.LastModified,
    };
    assert.deepEqual(updated, changed);
    const { $metadata: gone, CapacityProvider: deleted } = await lambdad.lambda.send(
      new DeleteCapacityProviderCommand({ CapacityProviderName: 'life' }),
    );
    assert.equal(gone.httpStatusCode, 202);
    assert.deepEqual(deleted, { ...changed, State: 'Deleting' });
    assertRefused(await raw({}, '/life'), notFound(`Capacity provider not found: ${arnOf('life')}`));
  });

  test('refusals have the form and words of the API', async () => {
    await create('taken');
    const body = { CapacityProviderName: 'taken', ...needed };
    assertRefused(await raw({ method: 'POST', body }), conflict(`Capacity provider already exists: ${arnOf('taken')}`));
    const scaling = (CapacityProviderScalingConfig: object) =>
      raw({ method: 'POST', body: { ...body, CapacityProviderName: 'scaled', CapacityProviderScalingConfig } });
    assertRefused(
      await scaling({ MaxVCpuCount: 1 }),
      validation(violation('1', 'capacityProviderScalingConfig.maxVCpuCount', 'have value greater than or equal to 2')),
    );
    assertRefused(
      await scaling({ ScalingMode: 'Manual' }),
      invalidParameter('ScalingPolicies must be specified when ScalingMode is Manual.'),
    );
    const missing = notFound(`Capacity provider not found: ${arnOf('nobody')}`);
    assertRefused(await raw({}, '/nobody'), missing);
    assertRefused(await raw({ method: 'PUT', body: {} }, '/nobody'), missing);
    assertRefused(await raw({ method: 'DELETE' }, '/nobody'), missing);
    assertRefused(await raw({}, '/nobody/function-versions'), missing);
    const path = `/${encodeURIComponent(arnOf('taken'))}`;
    assertRefused(await raw({ region: 'eu-west-1' }, path), notFound(`Capacity provider not found: ${arnOf('taken')}`));
    const denied = await raw({ account: '111122223333' }, path);
    assert.deepEqual([denied.status, denied.errorType], [403, 'AccessDeniedException']);
  });

  test('providers are listed by name and by state, page by page', async () => {
    const client = lambdad.client({ account: '222233334444' });
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const CapacityProviderName of names) {
      await client.send(new CreateCapacityProviderCommand({ CapacityProviderName, ...needed }));
    }
    for (const [filter, expected] of [
      [{}, names],
      [{ State: 'Active' as const }, names],
      [{ State: 'Failed' as const }, []],
    ] as const) {
      const seen: (string | undefined)[] = [];
      for await (const page of paginateListCapacityProviders({ client, pageSize: 2 }, filter)) {
        seen.push(...(page.CapacityProviders ?? []).map((item) => item.CapacityProviderArn?.split(':').at(-1)));
      }
      assert.deepEqual(seen, expected);
    }
    assertRefused(await raw({}, '?Marker=unheard'), invalidParameter('Invalid Marker.'));
    client.destroy();
  });

  test('a function on a provider is ActiveNonInvocable, and its versions keep the provider', async () => {
    await create('used');
    await createFunction('managed', 'used');
    const get = () => lambdad.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'managed' }));
    while ((await get()).State === 'Pending');
    const { State, MemorySize, LoggingConfig, CapacityProviderConfig } = await get();
    assert.deepEqual([State, MemorySize], ['ActiveNonInvocable', 2048]);
    assert.deepEqual(LoggingConfig, {
      LogFormat: 'JSON',
      ApplicationLogLevel: 'INFO',
      SystemLogLevel: 'INFO',
      LogGroup: '/aws/lambda/managed',
    });
    assert.deepEqual(CapacityProviderConfig, config('used'));
    await lambdad.lambda.send(new PublishVersionCommand({ FunctionName: 'managed' }));
    const list = new ListFunctionVersionsByCapacityProviderCommand({ CapacityProviderName: 'used' });
    const { CapacityProviderArn, FunctionVersions = [] } = await lambdad.lambda.send(list);
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:managed';
    assert.deepEqual(
      [CapacityProviderArn, FunctionVersions.map((item) => item.FunctionArn)],
      [arnOf('used'), [`${functionArn}:$LATEST`, `${functionArn}:1`]],
    );
    assertRefused(
      await raw({ method: 'DELETE' }, '/used'),
      conflict(
        `The capacity provider ${arnOf('used')} cannot be deleted because it is in use by one or more function versions.`,
      ),
    );
    const removed = await apiRequest(lambdad.endpoint, { method: 'DELETE', path: '/2015-03-31/functions/managed' });
    assert.equal(removed.status, 202);
    await lambdad.lambda.send(new DeleteCapacityProviderCommand({ CapacityProviderName: 'used' }));
  });

  test('a function must name a provider that is there and a runtime that it runs', async () => {
    await create('picky');
    await assert.rejects(createFunction('f', 'nowhere'), {
      name: 'ResourceNotFoundException',
      message: `Capacity provider not found: ${arnOf('nowhere')}`,
    });
    await assert.rejects(createFunction('f', 'picky', { Runtime: 'python3.12' }), {
      name: 'InvalidParameterValueException',
      message: 'python3.12 is not supported for Lambda Managed Instances functions.',
    });
    await assert.rejects(lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' })), {
      name: 'ResourceNotFoundException',
    });
  });

  test('a provider has tags', async () => {
    await create('tagged', { Tags: { first: '1' } });
    const Resource = arnOf('tagged');
    await lambdad.lambda.send(new TagResourceCommand({ Resource, Tags: { second: '2' } }));
    const { Tags } = await lambdad.lambda.send(new ListTagsCommand({ Resource }));
    assert.deepEqual(Tags, { first: '1', second: '2' });
    const unknown = encodeURIComponent(arnOf('nobody'));
    assertRefused(
      await apiRequest(lambdad.endpoint, { path: `/2017-03-31/tags/${unknown}` }),
      notFound(`Capacity provider not found: ${arnOf('nobody')}`),
    );
  });
});

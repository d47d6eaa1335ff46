import assert from 'node:assert/strict';
import test from 'node:test';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { arn, createInput, fails, openTestControlPlane, providerInput, scope } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const providerArn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:capacity-provider:${name}`;
const config = (name: string) => ({
  LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: providerArn(name) },
});
const notFound = (name: string) =>
  fails('ResourceNotFoundException', `Capacity provider not found: ${providerArn(name)}`);

async function open(...names: readonly string[]) {
  const it = openTestControlPlane();
  for (const name of names) await it.operations.CreateCapacityProvider(providerInput(name));
  await settle();
  const onProvider = (FunctionName: string, provider: string, more = {}) =>
    it.operations.CreateFunction({
      ...createInput(FunctionName),
      CapacityProviderConfig: config(provider),
      ...more,
    });
  const state = async (CapacityProviderName: string) =>
    (await it.operations.GetCapacityProvider({ CapacityProviderName })).CapacityProvider?.State;
  return { ...it, onProvider, state };
}

test('a provider is Pending, then Active, then Deleting, then gone', async () => {
  await using it = await open();
  const created = await it.operations.CreateCapacityProvider(providerInput('cp'));
  assert.equal(created.CapacityProvider?.State, 'Pending');
  await settle();
  assert.equal(await it.state('cp'), 'Active');
  assert.equal(await it.state(providerArn('cp')), 'Active');
  const deleted = await it.operations.DeleteCapacityProvider({ CapacityProviderName: 'cp' });
  assert.equal(deleted.CapacityProvider?.State, 'Deleting');
  await settle();
  await assert.rejects(it.state('cp'), notFound('cp'));
});

test('a provider is created once, and those of other accounts and regions are not seen', async () => {
  await using it = await open('cp');
  await assert.rejects(
    it.operations.CreateCapacityProvider(providerInput('cp')),
    fails('ResourceConflictException', `Capacity provider already exists: ${providerArn('cp')}`),
  );
  const elsewhere = scopeOf(scope.account, region('eu-west-1'));
  const others = scopeOf(accountId('111122223333'), scope.region);
  const get = (CapacityProviderName: string, from = scope) =>
    it.operations.GetCapacityProvider({ CapacityProviderName }, from);
  await assert.rejects(get('cp', elsewhere), fails('ResourceNotFoundException', /eu-west-1/));
  await assert.rejects(get(providerArn('cp'), elsewhere), notFound('cp'));
  await assert.rejects(get(providerArn('cp'), others), fails('AccessDeniedException', ''));
});

test('instances and scaling that contradict themselves are refused', async () => {
  await using it = await open();
  const refused = (more: object) =>
    assert.rejects(
      it.operations.CreateCapacityProvider({ ...providerInput('cp'), ...more }),
      fails('InvalidParameterValueException', /./),
    );
  await refused({ InstanceRequirements: { AllowedInstanceTypes: ['m8g.*'], ExcludedInstanceTypes: ['t4g.*'] } });
  await refused({ CapacityProviderScalingConfig: { ScalingMode: 'Manual' } });
  const policy = { PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 50 };
  await refused({ CapacityProviderScalingConfig: { ScalingMode: 'Auto', ScalingPolicies: [policy] } });
  await refused({ Tags: { 'aws:x': 'y' } });
});

test('a change of the scaling keeps what it does not name, and automatic scaling has no policies', async () => {
  await using it = await open('cp');
  const ScalingPolicies = [
    { PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 50 },
  ] as const;
  const scale = async (CapacityProviderScalingConfig: object) =>
    (await it.operations.UpdateCapacityProvider({ CapacityProviderName: 'cp', CapacityProviderScalingConfig }))
      .CapacityProvider?.CapacityProviderScalingConfig;
  assert.deepEqual(await scale({ ScalingMode: 'Manual', ScalingPolicies }), {
    MaxVCpuCount: 400,
    ScalingMode: 'Manual',
    ScalingPolicies,
  });
  assert.deepEqual(await scale({ MaxVCpuCount: 10 }), { MaxVCpuCount: 10, ScalingMode: 'Manual', ScalingPolicies });
  assert.deepEqual(await scale({ ScalingMode: 'Auto' }), { MaxVCpuCount: 10, ScalingMode: 'Auto' });
});

test('a function on a provider has defaults of its own and must be one that instances run', async () => {
  await using it = await open('cp', 'other');
  await assert.rejects(it.onProvider('f', 'nowhere'), notFound('nowhere'));
  await assert.rejects(
    it.onProvider('f', 'cp', { Runtime: 'python3.12' }),
    fails('InvalidParameterValueException', 'python3.12 is not supported for Lambda Managed Instances functions.'),
  );
  await assert.rejects(it.onProvider('f', 'cp', { MemorySize: 1024 }), fails('InvalidParameterValueException', /2048/));
  await it.onProvider('f', 'cp');
  await settle();
  const shown = await it.operations.GetFunctionConfiguration({ FunctionName: 'f' });
  assert.deepEqual(
    [shown.State, shown.MemorySize, shown.LoggingConfig?.LogFormat, shown.CapacityProviderConfig],
    ['ActiveNonInvocable', 2048, 'JSON', config('cp')],
  );
  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', CapacityProviderConfig: config('other') });
  await it.create('plain');
  await assert.rejects(
    it.operations.UpdateFunctionConfiguration({ FunctionName: 'plain', CapacityProviderConfig: config('cp') }),
    fails(
      'InvalidParameterValueException',
      'A function that was created without CapacityProviderConfig cannot get one later.',
    ),
  );
});

test('a provider that is deleted while a function is created on it does not get the function', async () => {
  await using it = await open('cp');
  const creating = it.onProvider('f', 'cp');
  await it.operations.DeleteCapacityProvider({ CapacityProviderName: 'cp' });
  await assert.rejects(creating, notFound('cp'));
});

test('the versions on a provider are listed page by page, and keep it from being deleted', async () => {
  await using it = await open('cp', 'other');
  for (const name of ['a', 'b']) {
    await it.onProvider(name, 'cp', { Publish: true });
    await settle();
  }
  await it.operations.PublishVersion({ FunctionName: 'a', PublishTo: 'LATEST_PUBLISHED' });
  await it.onProvider('c', 'other');
  await it.create('d');
  const list = (more = {}) =>
    it.operations.ListFunctionVersionsByCapacityProvider({ CapacityProviderName: 'cp', ...more });
  const all = await list();
  assert.deepEqual(
    all.FunctionVersions?.map((item) => [item.FunctionArn, item.State]),
    [
      [arn('a:$LATEST'), 'ActiveNonInvocable'],
      [arn('a:$LATEST.PUBLISHED'), 'Active'],
      [arn('a:1'), 'Active'],
      [arn('b:$LATEST'), 'ActiveNonInvocable'],
      [arn('b:1'), 'Active'],
    ],
  );
  assert.equal(all.CapacityProviderArn, providerArn('cp'));
  const seen: unknown[] = [];
  let page = await list({ MaxItems: 2 });
  for (;;) {
    seen.push(...(page.FunctionVersions ?? []));
    if (page.NextMarker === undefined) break;
    page = await list({ MaxItems: 2, Marker: page.NextMarker });
  }
  assert.deepEqual(seen, all.FunctionVersions);
  await assert.rejects(list({ Marker: 'b' }), fails('InvalidParameterValueException', 'Invalid Marker.'));
  const remove = () => it.operations.DeleteCapacityProvider({ CapacityProviderName: 'cp' });
  await assert.rejects(remove(), fails('ResourceConflictException', /in use/));
  for (const FunctionName of ['a', 'b']) await it.operations.DeleteFunction({ FunctionName });
  await remove();
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, createInput, fails, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

type TestControlPlane = ReturnType<typeof openTestControlPlane>;

/** A function `f` with the versions 1 and 2 and the alias `live` of version 1, whose environments come when told to. */
async function open(): Promise<TestControlPlane> {
  const it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Publish: true });
  await settle();
  await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip('two'), Publish: true });
  await settle();
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
  it.dataPlane.automatic = false;
  return it;
}

const put = (it: TestControlPlane, Qualifier: string, ProvisionedConcurrentExecutions: number) =>
  it.operations.PutProvisionedConcurrencyConfig({ FunctionName: 'f', Qualifier, ProvisionedConcurrentExecutions });
const get = (it: TestControlPlane, Qualifier: string) =>
  it.operations.GetProvisionedConcurrencyConfig({ FunctionName: 'f', Qualifier });
const statusOf = async (it: TestControlPlane, qualifier: string) => {
  const config = await get(it, qualifier);
  return [
    config.RequestedProvisionedConcurrentExecutions,
    config.AllocatedProvisionedConcurrentExecutions,
    config.AvailableProvisionedConcurrentExecutions,
    config.Status,
    config.StatusReason,
  ];
};
const none = fails(
  'ProvisionedConcurrencyConfigNotFoundException',
  'No Provisioned Concurrency Config found for this function',
);

test('it is in progress until all environments are there', async () => {
  await using it = await open();
  const reply = await put(it, '1', 3);
  assert.deepEqual(reply, {
    RequestedProvisionedConcurrentExecutions: 3,
    AvailableProvisionedConcurrentExecutions: 0,
    AllocatedProvisionedConcurrentExecutions: 0,
    Status: 'IN_PROGRESS',
    StatusReason: undefined,
    LastModified: '2026-01-01T00:00:00+0000',
  });
  assert.deepEqual([...it.dataPlane.provisioned], [['f:1', 3]]);
  assert.deepEqual(await get(it, '1'), reply);
  await it.dataPlane.finishProvisioning();
  assert.deepEqual(await statusOf(it, '1'), [3, 3, 3, 'READY', undefined]);
  assert.deepEqual(it.controlPlane.concurrency.in(scope).of('f'), {
    reserved: undefined,
    provisioned: 3,
    allocated: 3,
  });
});

test('it has failed when an environment cannot be initialised, and can be asked for again', async () => {
  await using it = await open();
  await put(it, '1', 3);
  await it.dataPlane.finishProvisioning({ kind: 'failed' });
  assert.deepEqual(await statusOf(it, '1'), [3, 0, 0, 'FAILED', 'FUNCTION_ERROR_INIT_FAILURE']);
  assert.equal(it.controlPlane.concurrency.in(scope).setAside, 0, 'it takes nothing from the others');
  await put(it, '1', 2);
  await it.dataPlane.finishProvisioning();
  assert.deepEqual(await statusOf(it, '1'), [2, 2, 2, 'READY', undefined]);
});

test('another number supersedes one that is in progress, and keeps what is there', async () => {
  await using it = await open();
  await put(it, '1', 3);
  await put(it, '1', 2);
  await it.dataPlane.finishProvisioning({ kind: 'superseded' });
  assert.deepEqual(await statusOf(it, '1'), [2, 0, 0, 'IN_PROGRESS', undefined]);
  await put(it, '1', 4);
  await it.dataPlane.finishProvisioning();
  assert.deepEqual(await statusOf(it, '1'), [4, 4, 4, 'READY', undefined]);
  await put(it, '1', 5);
  assert.deepEqual(await statusOf(it, '1'), [5, 4, 4, 'IN_PROGRESS', undefined]);
});

test('a version has its environments under its number or through one alias', async () => {
  await using it = await open();
  await put(it, 'live', 1);
  await assert.rejects(
    put(it, '1', 1),
    fails('ResourceConflictException', 'Version is pointed by a Provisioned Concurrency alias'),
  );
  await put(it, '2', 1);
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'next', FunctionVersion: '2' });
  const provisioned = fails(
    'ResourceConflictException',
    "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
  );
  await assert.rejects(put(it, 'next', 1), provisioned);
  await assert.rejects(
    it.operations.UpdateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '2' }),
    provisioned,
  );
  assert.equal((await it.operations.GetAlias({ FunctionName: 'f', Name: 'live' })).FunctionVersion, '1');
});

test('the environments follow the alias, and go with it', async () => {
  await using it = await open();
  await put(it, 'live', 2);
  await it.dataPlane.finishProvisioning();
  await it.operations.UpdateAlias({ FunctionName: 'f', Name: 'live', Description: 'the same version' });
  assert.deepEqual(await statusOf(it, 'live'), [2, 2, 2, 'READY', undefined]);
  await it.operations.UpdateAlias({ FunctionName: 'f', Name: 'live', FunctionVersion: '2' });
  assert.deepEqual(await statusOf(it, 'live'), [2, 0, 0, 'IN_PROGRESS', undefined]);
  assert.deepEqual(Object.fromEntries(it.dataPlane.provisioned), { 'f:1': 0, 'f:2': 2 });
  await it.dataPlane.finishProvisioning();
  assert.deepEqual(await statusOf(it, 'live'), [2, 2, 2, 'READY', undefined]);
  await it.operations.DeleteAlias({ FunctionName: 'f', Name: 'live' });
  assert.equal(it.dataPlane.provisioned.get('f:2'), 0);
  assert.equal(it.controlPlane.concurrency.in(scope).setAside, 0);
  await assert.rejects(get(it, 'live'), fails('ResourceNotFoundException', `Cannot find alias arn: ${arn('f')}:live`));
});

test('an alias with weights or of $LATEST cannot have any, nor can $LATEST', async () => {
  await using it = await open();
  await it.operations.CreateAlias({
    FunctionName: 'f',
    Name: 'canary',
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
  });
  await it.operations.CreateAlias({ FunctionName: 'f', Name: 'newest', FunctionVersion: '$LATEST' });
  await assert.rejects(
    put(it, 'canary', 1),
    fails('InvalidParameterValueException', 'Alias with weights can not be used with Provisioned Concurrency'),
  );
  const unpublished = fails(
    'InvalidParameterValueException',
    'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
  );
  await assert.rejects(put(it, 'newest', 1), unpublished);
  await assert.rejects(put(it, '$LATEST', 1), unpublished);
  const notPublished = fails(
    'InvalidParameterValueException',
    'The function resource provided must be an alias or a published version.',
  );
  await assert.rejects(get(it, '$LATEST'), notPublished);
  await assert.rejects(
    it.operations.DeleteProvisionedConcurrencyConfig({ FunctionName: 'f', Qualifier: '$LATEST' }),
    notPublished,
  );
});

test('what is not there is named', async () => {
  await using it = await open();
  await assert.rejects(get(it, '1'), none);
  await assert.rejects(put(it, '9', 1), fails('ResourceNotFoundException', `Function not found: ${arn('f')}:9`));
  await assert.rejects(
    put(it, 'gone', 1),
    fails('ResourceNotFoundException', `Cannot find alias arn: ${arn('f')}:gone`),
  );
  await assert.rejects(
    it.operations.GetProvisionedConcurrencyConfig({ FunctionName: 'g', Qualifier: '1' }),
    fails('ResourceNotFoundException', `Function not found: ${arn('g')}:1`),
  );
});

test('a deletion lets the environments go, and there need not be any', async () => {
  await using it = await open();
  const remove = () => it.operations.DeleteProvisionedConcurrencyConfig({ FunctionName: 'f', Qualifier: '1' });
  assert.deepEqual(await remove(), {});
  await put(it, '1', 3);
  assert.deepEqual(await remove(), {});
  assert.equal(it.dataPlane.provisioned.get('f:1'), 0);
  await it.dataPlane.finishProvisioning();
  await assert.rejects(get(it, '1'), none);
  assert.equal(it.controlPlane.concurrency.in(scope).setAside, 0);
});

test('with the version or the function its configuration goes too', async () => {
  await using it = await open();
  await put(it, '2', 3);
  await it.operations.DeleteFunction({ FunctionName: 'f', Qualifier: '2' });
  assert.equal(it.controlPlane.concurrency.in(scope).setAside, 0);
  await put(it, 'live', 3);
  await it.operations.DeleteFunction({ FunctionName: 'f' });
  await it.dataPlane.finishProvisioning();
  assert.equal(it.controlPlane.concurrency.in(scope).setAside, 0);
  it.dataPlane.automatic = true;
  await it.create('f');
  const { ProvisionedConcurrencyConfigs } = await it.operations.ListProvisionedConcurrencyConfigs({
    FunctionName: 'f',
  });
  assert.deepEqual(ProvisionedConcurrencyConfigs, []);
});

test('it must fit into what the function has reserved, and that cannot become less', async () => {
  await using it = await open();
  const reserve = (ReservedConcurrentExecutions: number) =>
    it.operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions });
  await reserve(5);
  const tooMany = fails(
    'InvalidParameterValueException',
    'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
  );
  await assert.rejects(put(it, '1', 6), tooMany);
  await put(it, '1', 5);
  await put(it, '1', 3);
  await assert.rejects(put(it, '2', 3), tooMany);
  await put(it, '2', 2);
  await assert.rejects(
    reserve(4),
    fails(
      'InvalidParameterValueException',
      " ReservedConcurrentExecutions  4 should not be lower than function's total provisioned concurrency [5].",
    ),
  );
  await reserve(6);
});

test('without a reservation it must fit into what nobody has set aside, and leave a hundred', async () => {
  await using it = await open();
  await assert.rejects(
    put(it, '1', 1001),
    fails(
      'InvalidParameterValueException',
      "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
    ),
  );
  const minimum = fails(
    'InvalidParameterValueException',
    "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  );
  await assert.rejects(put(it, '1', 901), minimum);
  await put(it, '1', 900);
  await put(it, '1', 899);
  await put(it, '2', 1);
  await assert.rejects(put(it, '2', 2), minimum);
});

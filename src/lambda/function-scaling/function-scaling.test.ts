import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, createInput, fails, openTestControlPlane } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

/** A function `f` on a capacity provider, with version 1. */
async function open() {
  const it = openTestControlPlane();
  const { CapacityProvider } = await it.operations.CreateCapacityProvider({
    CapacityProviderName: 'cp',
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    PermissionsConfig: { CapacityProviderOperatorRoleArn: 'arn:aws:iam::000000000000:role/any' },
  });
  await settle();
  const CapacityProviderArn = CapacityProvider?.CapacityProviderArn ?? '';
  const CapacityProviderConfig = { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn } };
  await it.operations.CreateFunction({ ...createInput('f'), CapacityProviderConfig, Publish: true });
  await settle();
  return it;
}

const version = { FunctionName: 'f', Qualifier: '1' };

test('what is requested is applied, shown, and removed by a request without it', async () => {
  await using it = await open();
  const nothing = {
    FunctionArn: `${arn('f')}:1`,
    AppliedFunctionScalingConfig: undefined,
    RequestedFunctionScalingConfig: undefined,
  };
  assert.deepEqual(await it.operations.GetFunctionScalingConfig(version), nothing);
  const FunctionScalingConfig = { MinExecutionEnvironments: 2, MaxExecutionEnvironments: 9 };
  assert.deepEqual(await it.operations.PutFunctionScalingConfig({ ...version, FunctionScalingConfig }), {
    FunctionState: 'Active',
  });
  assert.deepEqual(await it.operations.GetFunctionScalingConfig(version), {
    ...nothing,
    AppliedFunctionScalingConfig: FunctionScalingConfig,
    RequestedFunctionScalingConfig: FunctionScalingConfig,
  });
  await it.operations.PutFunctionScalingConfig(version);
  assert.deepEqual(await it.operations.GetFunctionScalingConfig(version), nothing);
});

test('the least is not above the most, and only functions on capacity providers scale so', async () => {
  await using it = await open();
  await assert.rejects(
    it.operations.PutFunctionScalingConfig({
      ...version,
      FunctionScalingConfig: { MinExecutionEnvironments: 3, MaxExecutionEnvironments: 2 },
    }),
    fails('InvalidParameterValueException', /MinExecutionEnvironments/),
  );
  await it.operations.CreateFunction({ ...createInput('g'), Publish: true });
  await settle();
  const other = { FunctionName: 'g', Qualifier: '1' };
  for (const attempt of [
    it.operations.GetFunctionScalingConfig(other),
    it.operations.PutFunctionScalingConfig(other),
  ]) {
    await assert.rejects(attempt, fails('InvalidParameterValueException', /capacity provider/));
  }
  await assert.rejects(
    it.operations.GetFunctionScalingConfig({ ...version, Qualifier: '7' }),
    fails('ResourceNotFoundException', `Function not found: ${arn('f')}:7`),
  );
});

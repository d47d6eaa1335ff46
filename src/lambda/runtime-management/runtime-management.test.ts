import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, createInput, fails, openTestControlPlane } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const build = `arn:aws:lambda:us-east-1::runtime:${'0'.repeat(64)}`;

test('updates are automatic until each version is told otherwise', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Publish: true });
  await settle();
  const get = (Qualifier?: string) =>
    it.operations.GetRuntimeManagementConfig({ FunctionName: 'f', ...(Qualifier && { Qualifier }) });
  const automatic = { UpdateRuntimeOn: 'Auto', FunctionArn: arn('f'), RuntimeVersionArn: undefined };
  assert.deepEqual(await get(), automatic);
  const put = await it.operations.PutRuntimeManagementConfig({
    FunctionName: 'f',
    Qualifier: '1',
    UpdateRuntimeOn: 'Manual',
    RuntimeVersionArn: build,
  });
  assert.deepEqual(put, { UpdateRuntimeOn: 'Manual', FunctionArn: `${arn('f')}:1`, RuntimeVersionArn: build });
  assert.deepEqual(await get('1'), put);
  assert.deepEqual(await get(), automatic);
  await it.operations.PutRuntimeManagementConfig({ FunctionName: 'f', UpdateRuntimeOn: 'FunctionUpdate' });
  assert.deepEqual(await get('$LATEST'), {
    ...automatic,
    UpdateRuntimeOn: 'FunctionUpdate',
    FunctionArn: `${arn('f')}:$LATEST`,
  });
});

test('a build is named when it is chosen by hand, and only then', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  await assert.rejects(
    it.operations.PutRuntimeManagementConfig({ FunctionName: 'f', UpdateRuntimeOn: 'Manual' }),
    fails('InvalidParameterValueException', /RuntimeVersionArn/),
  );
  await assert.rejects(
    it.operations.PutRuntimeManagementConfig({
      FunctionName: 'f',
      UpdateRuntimeOn: 'Auto',
      RuntimeVersionArn: build,
    }),
    fails('InvalidParameterValueException', /RuntimeVersionArn/),
  );
  await assert.rejects(
    it.operations.GetRuntimeManagementConfig({ FunctionName: 'f', Qualifier: '7' }),
    fails('ResourceNotFoundException', `Function not found: ${arn('f')}:7`),
  );
});

import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, fails, openTestControlPlane } from '../control-plane.fixture.ts';

test('loops are ended unless the function was told to allow them', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const get = () => it.operations.GetFunctionRecursionConfig({ FunctionName: 'f' });
  assert.deepEqual(await get(), { RecursiveLoop: 'Terminate' });
  const put = await it.operations.PutFunctionRecursionConfig({ FunctionName: arn('f'), RecursiveLoop: 'Allow' });
  assert.deepEqual(put, { RecursiveLoop: 'Allow' });
  assert.deepEqual(await get(), { RecursiveLoop: 'Allow' });
  await it.operations.DeleteFunction({ FunctionName: 'f' });
  await assert.rejects(get(), fails('ResourceNotFoundException', `Function not found: ${arn('f')}`));
  await it.create('f');
  assert.deepEqual(await get(), { RecursiveLoop: 'Terminate' });
});

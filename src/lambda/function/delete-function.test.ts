import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, fails, openTestControlPlane, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const invalid = (message: string | RegExp) => fails('InvalidParameterValueException', message);

test('DeleteFunction takes a function with all that is its own', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip('new'), Publish: true });
  await it.operations.CreateFunctionUrlConfig({ FunctionName: 'f', AuthType: 'NONE' });
  await settle();
  assert.deepEqual(await it.operations.DeleteFunction({ FunctionName: 'f' }), { StatusCode: 204 });
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
  assert.equal(it.dataPlane.retired.length, 3);
  await assert.rejects(
    it.operations.DeleteFunction({ FunctionName: 'f' }),
    fails('ResourceNotFoundException', `Function not found: ${arn('f')}`),
  );
  await it.create('f');
  await assert.rejects(
    it.operations.GetFunctionUrlConfig({ FunctionName: 'f' }),
    fails('ResourceNotFoundException', 'The resource you requested does not exist.'),
  );
});

test('DeleteFunction with a qualifier deletes a version or says why not', async () => {
  await using it = openTestControlPlane();
  const remove = (Qualifier: string) => it.operations.DeleteFunction({ FunctionName: 'f', Qualifier });
  await assert.rejects(remove('1'), fails('ResourceNotFoundException', `Function not found: ${arn('f')}`));
  await it.create('f');
  await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip('new'), Publish: true });
  await settle();
  await assert.rejects(remove('live'), invalid('Deletion of aliases is not currently supported.'));
  await assert.rejects(remove('$LATEST'), invalid('$LATEST version cannot be deleted without deleting the function.'));
  await assert.rejects(remove('$latest'), fails('ResourceNotFoundException', `Function not found: ${arn('f')}`));
  assert.deepEqual(await remove('1'), { StatusCode: 204 });
  assert.deepEqual(await remove('1'), { StatusCode: 204 });
  await assert.rejects(
    it.operations.GetFunction({ FunctionName: 'f', Qualifier: '1' }),
    fails('ResourceNotFoundException', `Function not found: ${arn('f')}:1`),
  );
});

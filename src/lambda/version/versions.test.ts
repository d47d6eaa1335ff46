import assert from 'node:assert/strict';
import test from 'node:test';
import { arn, createInput, fails, openTestControlPlane, scope, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

test('a function created with Publish has version 1, shown with an unqualified ARN', async () => {
  await using it = openTestControlPlane();
  const created = await it.operations.CreateFunction({ ...createInput('f'), Publish: true });
  assert.deepEqual([created.Version, created.FunctionArn, created.State], ['1', arn('f'), 'Pending']);
  await settle();
  const one = await it.operations.GetFunctionConfiguration({ FunctionName: 'f', Qualifier: '1' });
  assert.deepEqual(
    [one.Version, one.FunctionArn, one.State, one.RevisionId],
    ['1', `${arn('f')}:1`, 'Active', created.RevisionId],
  );
});

test('a published version stays what it was, and numbers are not used twice', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const publish = async (text: string) => {
    const output = await it.operations.UpdateFunctionCode({ FunctionName: 'f', ZipFile: zip(text), Publish: true });
    await settle();
    return output;
  };
  const first = await publish('one');
  assert.deepEqual([first.Version, first.FunctionArn], ['1', `${arn('f')}:1`]);
  assert.equal((await publish('one')).Version, '1', 'nothing has changed');
  assert.equal((await publish('two')).Version, '2');
  await it.operations.DeleteFunction({ FunctionName: 'f', Qualifier: '2' });
  assert.equal((await publish('three')).Version, '3');
  assert.equal(it.resolve('f', '1').version.code.sha256, first.CodeSha256);
  assert.equal(it.resolve('f', '1').version.version, '1');
  assert.equal(it.resolve('f').version.version, '$LATEST');
});

test('an invocation finds its version however it is written, and learns the ARN that was meant', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Publish: true });
  await settle();
  const rows: readonly (readonly [text: string, qualifier: string | undefined, version: string, invoked: string])[] = [
    ['f', undefined, '$LATEST', arn('f')],
    [arn('f'), undefined, '$LATEST', arn('f')],
    ['f', '$LATEST', '$LATEST', `${arn('f')}:$LATEST`],
    ['f:1', undefined, '1', `${arn('f')}:1`],
    ['000000000000:function:f', '1', '1', `${arn('f')}:1`],
  ];
  for (const [text, qualifier, version, invoked] of rows) {
    const found = it.resolve(text, qualifier);
    assert.deepEqual([found.version.version, found.invokedFunctionArn], [version, invoked], text);
  }
  assert.equal(it.resolve('f').version, it.resolve(arn('f')).version, 'one version is one object');
});

test('an invocation of what is not there is answered as AWS does', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const missing = (message: string) => fails('ResourceNotFoundException', message);
  assert.throws(() => it.resolve('g'), missing(`Function not found: ${arn('g')}:$LATEST`));
  assert.throws(() => it.resolve('g', '1'), missing(`Function not found: ${arn('g')}:1`));
  assert.throws(() => it.resolve('f', '1'), missing(`Function not found: ${arn('f')}:1`));
  assert.throws(() => it.resolve('f', '$latest'), missing(`Function not found: ${arn('f')}:$latest`));
  assert.throws(() => it.resolve('f:live'), missing(`Function not found: ${arn('f')}:live`));
  assert.throws(
    () => it.resolve('f:1', '2'),
    fails(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    ),
  );
  const elsewhere = { ...scope, region: 'eu-west-1' as typeof scope.region };
  assert.throws(
    () => it.controlPlane.catalogue.resolve({ scope: elsewhere, functionName: arn('f'), qualifier: undefined }),
    missing("Functions from 'us-east-1' are not reachable in this region ('eu-west-1')"),
  );
});

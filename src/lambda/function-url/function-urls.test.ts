import assert from 'node:assert/strict';
import test from 'node:test';
import { milliseconds } from '../../kernel/quantity.ts';
import { arn, createInput, fails, openTestControlPlane } from '../control-plane.fixture.ts';

const none = { FunctionName: 'f', AuthType: 'NONE' } as const;
const absent = fails('ResourceNotFoundException', 'The resource you requested does not exist.');

test('a URL is created, shown, changed and deleted as AWS does', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const created = await it.operations.CreateFunctionUrlConfig({ ...none, Cors: { AllowOrigins: ['*'] } });
  assert.match(created.FunctionUrl ?? '', /^http:\/\/[0-9a-z]{32}\.lambda-url\.us-east-1\.localhost:4566\/$/);
  const plain = (output: object): Record<string, unknown> =>
    JSON.parse(JSON.stringify(output)) as Record<string, unknown>;
  assert.deepEqual(plain(created), {
    FunctionUrl: created.FunctionUrl,
    FunctionArn: arn('f'),
    AuthType: 'NONE',
    Cors: { AllowOrigins: ['*'] },
    CreationTime: '2026-01-01T00:00:00.000Z',
  });
  it.clock.advance(milliseconds(1000));
  const updated = await it.operations.UpdateFunctionUrlConfig({ FunctionName: 'f', InvokeMode: 'RESPONSE_STREAM' });
  assert.equal(updated.InvokeMode, 'RESPONSE_STREAM');
  assert.equal((await it.operations.UpdateFunctionUrlConfig({ FunctionName: 'f' })).InvokeMode, undefined);
  const shown = {
    ...plain(created),
    InvokeMode: 'RESPONSE_STREAM',
    LastModifiedTime: '2026-01-01T00:00:01.000Z',
  };
  assert.deepEqual(plain(await it.operations.GetFunctionUrlConfig({ FunctionName: 'f' })), shown);
  assert.deepEqual(plain(await it.operations.ListFunctionUrlConfigs({ FunctionName: 'f' })), {
    FunctionUrlConfigs: [shown],
  });
  await it.operations.DeleteFunctionUrlConfig({ FunctionName: 'f' });
  await assert.rejects(it.operations.GetFunctionUrlConfig({ FunctionName: 'f' }), absent);
  await assert.rejects(it.operations.DeleteFunctionUrlConfig({ FunctionName: 'f' }), absent);
  await assert.rejects(it.operations.UpdateFunctionUrlConfig({ FunctionName: 'f' }), absent);
  assert.deepEqual((await it.operations.ListFunctionUrlConfigs({ FunctionName: 'f' })).FunctionUrlConfigs, []);
});

test('a second URL, and one for what is not there, are refused', async () => {
  await using it = openTestControlPlane();
  const unknown = fails('ResourceNotFoundException', 'Function does not exist');
  await assert.rejects(it.operations.CreateFunctionUrlConfig(none), unknown);
  await assert.rejects(it.operations.ListFunctionUrlConfigs({ FunctionName: 'f' }), unknown);
  await it.create('f');
  await assert.rejects(it.operations.CreateFunctionUrlConfig({ ...none, Qualifier: 'live' }), unknown);
  await it.operations.CreateFunctionUrlConfig(none);
  await assert.rejects(
    it.operations.CreateFunctionUrlConfig(none),
    fails(
      'ResourceConflictException',
      `Failed to create function url config for [functionArn = ${arn('f')}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    ),
  );
});

test('a URL is found by its id in any case, in its region only', async () => {
  await using it = openTestControlPlane();
  await it.operations.CreateFunction({ ...createInput('f'), Tags: { _custom_id_: 'My-App' } });
  const { FunctionUrl } = await it.operations.CreateFunctionUrlConfig(none);
  assert.equal(FunctionUrl, 'http://My-App.lambda-url.us-east-1.localhost:4566/');
  const found = it.controlPlane.urlDirectory.find('mY-aPP', 'us-east-1');
  assert.deepEqual(
    [found?.functionName, found?.functionArn, found?.authType, found?.invokeMode, found?.qualifier],
    ['f', arn('f'), 'NONE', 'BUFFERED', undefined],
  );
  assert.equal(it.controlPlane.urlDirectory.find('my-app', 'eu-west-1'), undefined);
  await it.operations.DeleteFunction({ FunctionName: 'f' });
  assert.equal(it.controlPlane.urlDirectory.find('my-app', 'us-east-1'), undefined);
});

test('a custom id that is no label of a host name, or taken, gives way to a random one with a warning', async () => {
  await using it = openTestControlPlane();
  const ids = ['-x', 'x-', '1x', 'a_b', 'a.b', 'x'.repeat(64), '', 'taken', 'TAKEN'];
  for (const [index, id] of ids.entries()) {
    const name = `f${index}`;
    await it.operations.CreateFunction({ ...createInput(name), Tags: { _custom_id_: id } });
    const { FunctionUrl } = await it.operations.CreateFunctionUrlConfig({ ...none, FunctionName: name });
    if (id === 'taken') assert.match(FunctionUrl ?? '', /\/taken\./);
    else assert.match(FunctionUrl ?? '', /\/[0-9a-z]{32}\./, id);
  }
  assert.equal(it.warnings.length, ids.length - 1);
});

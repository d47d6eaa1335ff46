import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { bytes } from '../../kernel/quantity.ts';
import { arn, createInput, fails, openTestControlPlane, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const invalid = (message: string | RegExp) => fails('InvalidParameterValueException', message);
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('base64');
const publishF = { FunctionName: 'f' };

test('what is ready is published Active, under a RevisionId of its own, and $LATEST has a new one', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const before = await it.operations.GetFunctionConfiguration(publishF);
  const one = await it.operations.PublishVersion({ ...publishF, Description: 'the first' });
  assert.deepEqual(
    [one.Version, one.FunctionArn, one.State, one.LastUpdateStatus, one.Description],
    ['1', `${arn('f')}:1`, 'Active', 'Successful', 'the first'],
  );
  assert.deepEqual(await it.operations.GetFunctionConfiguration({ ...publishF, Qualifier: '1' }), one);
  const after = await it.operations.GetFunctionConfiguration(publishF);
  assert.equal(new Set([before.RevisionId, after.RevisionId, one.RevisionId]).size, 3);
  assert.deepEqual({ ...after, RevisionId: '' }, { ...before, RevisionId: '' });
  assert.equal(it.resolve('f', '1').version.version, '1');
});

test('publishing again without a change gives the same version, whatever the description', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const one = await it.operations.PublishVersion({ ...publishF, Description: 'given' });
  const { RevisionId } = await it.operations.GetFunctionConfiguration(publishF);
  assert.deepEqual(await it.operations.PublishVersion({ ...publishF, Description: 'another' }), one);
  assert.equal((await it.operations.GetFunctionConfiguration(publishF)).RevisionId, RevisionId);
  await it.operations.UpdateFunctionConfiguration({ ...publishF, Description: 'changed' });
  await settle();
  const two = await it.operations.PublishVersion(publishF);
  assert.deepEqual([two.Version, two.Description], ['2', 'changed']);
  assert.notEqual(two.ConfigSha256, one.ConfigSha256);
});

test('PublishVersion refuses another hash, another RevisionId, and a function that is not ready', async () => {
  await using it = openTestControlPlane();
  await assert.rejects(
    it.operations.PublishVersion(publishF),
    fails('ResourceNotFoundException', `Function not found: ${arn('f')}`),
  );
  it.dataPlane.automatic = false;
  await it.operations.CreateFunction(createInput('f'));
  const inState = (state: string) =>
    fails(
      'ResourceConflictException',
      `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
    );
  await assert.rejects(it.operations.PublishVersion(publishF), inState('Pending'));
  await it.dataPlane.finish({ kind: 'failed', code: 'InvalidRuntime', reason: 'none' });
  await assert.rejects(it.operations.PublishVersion(publishF), inState('Failed'));
  it.dataPlane.automatic = true;
  await it.operations.UpdateFunctionConfiguration({ ...publishF, Timeout: 7 });
  await settle();
  await assert.rejects(
    it.operations.PublishVersion({ ...publishF, CodeSha256: 'other' }),
    invalid(
      `CodeSHA256 (other) is different from current CodeSHA256 in $LATEST (${sha256(zip('f'))}). Please try again with the CodeSHA256 in $LATEST.`,
    ),
  );
  await assert.rejects(
    it.operations.PublishVersion({ ...publishF, RevisionId: 'other' }),
    fails('PreconditionFailedException', /GetFunction\/GetAlias API/),
  );
  it.dataPlane.automatic = false;
  await it.operations.UpdateFunctionConfiguration({ ...publishF, Timeout: 8 });
  await assert.rejects(
    it.operations.PublishVersion(publishF),
    fails(
      'ResourceConflictException',
      `The operation cannot be performed at this time. An update is in progress for resource: ${arn('f')}`,
    ),
  );
  await it.dataPlane.finish();
  const { RevisionId, CodeSha256 } = await it.operations.GetFunctionConfiguration(publishF);
  assert.equal((await it.operations.PublishVersion({ ...publishF, RevisionId, CodeSha256 })).Version, '1');
});

test('a version counts with all its code, and is refused when that does not fit', async () => {
  await using it = openTestControlPlane({
    limits: {
      totalCodeSize: bytes(2 * zip('f').length),
      codeSizeZipped: bytes(50_000),
      codeSizeUnzipped: bytes(100_000),
      environmentVariablesSize: bytes(4096),
      concurrentExecutions: 1000,
      minimumUnreservedConcurrency: 100,
    },
  });
  await it.create('f');
  await it.operations.PublishVersion(publishF);
  assert.equal((await it.operations.PublishVersion(publishF)).Version, '1');
  await it.operations.UpdateFunctionConfiguration({ ...publishF, Timeout: 7 });
  await settle();
  await assert.rejects(
    it.operations.PublishVersion(publishF),
    fails('CodeStorageExceededException', 'Code storage limit exceeded.'),
  );
});

test('with SnapStart a version is Pending until it is prepared, and Off when that fails', async () => {
  await using it = openTestControlPlane();
  const python = { Runtime: 'python3.13', SnapStart: { ApplyOn: 'PublishedVersions' } } as const;
  const { SnapStart } = await it.operations.CreateFunction({ ...createInput('f'), ...python });
  assert.equal(SnapStart?.OptimizationStatus, 'Off');
  await settle();
  it.dataPlane.automatic = false;
  const one = await it.operations.PublishVersion(publishF);
  assert.deepEqual(
    [one.State, one.StateReasonCode, one.LastUpdateStatus, one.SnapStart?.OptimizationStatus],
    ['Pending', 'Creating', 'InProgress', 'On'],
  );
  assert.throws(() => it.resolve('f', '1'), fails('ResourceConflictException', /state: Pending$/));
  await it.dataPlane.finish();
  const ready = await it.operations.GetFunctionConfiguration({ ...publishF, Qualifier: '1' });
  assert.deepEqual(
    [ready.State, ready.RevisionId, ready.SnapStart?.OptimizationStatus],
    ['Active', one.RevisionId, 'On'],
  );
  const latest = await it.operations.GetFunctionConfiguration(publishF);
  assert.deepEqual(latest.SnapStart, { ApplyOn: 'PublishedVersions', OptimizationStatus: 'Off' });
  it.dataPlane.automatic = true;
  await it.operations.UpdateFunctionConfiguration({ ...publishF, Timeout: 9 });
  await settle();
  it.dataPlane.automatic = false;
  await it.operations.PublishVersion(publishF);
  await it.dataPlane.finish({ kind: 'failed', code: 'FunctionError', reason: 'no init' });
  const failed = await it.operations.GetFunctionConfiguration({ ...publishF, Qualifier: '2' });
  assert.deepEqual(
    [failed.State, failed.StateReasonCode, failed.SnapStart?.OptimizationStatus],
    ['Failed', 'FunctionError', 'Off'],
  );
});

test('versions are listed with $LATEST first, complete whatever the size of the pages', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  for (const text of ['1', '2', '3']) {
    await it.operations.UpdateFunctionCode({ ...publishF, ZipFile: zip(text), Publish: true });
    await settle();
  }
  await it.operations.DeleteFunction({ ...publishF, Qualifier: '2' });
  const whole = ['$LATEST', '1', '3'].map((version) => `${arn('f')}:${version}`);
  for (const MaxItems of [1, 2, 3, 50, 10_000]) {
    const listed: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await it.operations.ListVersionsByFunction({ ...publishF, MaxItems, Marker });
      listed.push(...(page.Versions ?? []).map((item) => item.FunctionArn));
      for (const item of page.Versions ?? []) assert.equal(item.State ?? item.RuntimeVersionConfig, undefined);
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    assert.deepEqual(listed, whole, String(MaxItems));
  }
  const unknown = fails('ResourceNotFoundException', `Function not found: ${arn('g')}`);
  await assert.rejects(it.operations.ListVersionsByFunction({ FunctionName: 'g' }), unknown);
  await assert.rejects(it.operations.ListVersionsByFunction({ ...publishF, Marker: 'x' }), invalid('Invalid Marker.'));
});

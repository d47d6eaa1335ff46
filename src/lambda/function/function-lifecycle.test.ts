import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { milliseconds } from '../../kernel/quantity.ts';
import { arn, createInput, fails, openTestControlPlane, zip } from '../control-plane.fixture.ts';
import { settle } from '../pretended-data-plane.fixture.ts';

const name = 'f';
const failure = { kind: 'failed', code: 'InvalidRuntime', reason: 'no interpreter' } as const;
const pending =
  'The operation cannot be performed at this time. The function is currently in the following state: Pending';

test('a function is Pending until it is prepared, and has a new RevisionId then', async () => {
  await using it = openTestControlPlane();
  it.dataPlane.automatic = false;
  const created = await it.operations.CreateFunction(createInput(name));
  assert.deepEqual(
    [created.State, created.StateReason, created.StateReasonCode, created.LastUpdateStatus],
    ['Pending', 'The function is being created.', 'Creating', undefined],
  );
  assert.throws(() => it.resolve(name), fails('ResourceConflictException', pending));
  await assert.rejects(
    it.operations.UpdateFunctionConfiguration({ FunctionName: name, Timeout: 5 }),
    fails('ResourceConflictException', pending),
  );
  await it.dataPlane.finish();
  const active = await it.operations.GetFunctionConfiguration({ FunctionName: name });
  assert.deepEqual([active.State, active.StateReason, active.LastUpdateStatus], ['Active', undefined, 'Successful']);
  assert.notEqual(active.RevisionId, created.RevisionId);
  assert.equal(it.resolve(name).version.functionName, name);
});

test('what takes long is part of the reason while it does, of a creation and of an update', async () => {
  await using it = openTestControlPlane();
  it.dataPlane.automatic = false;
  const created = await it.operations.CreateFunction(createInput(name));
  it.dataPlane.progress?.('pulling the image x, 25 % of 80 MB');
  const { StateReason, RevisionId } = await it.operations.GetFunctionConfiguration({ FunctionName: name });
  assert.equal(StateReason, 'The function is being created: pulling the image x, 25 % of 80 MB.');
  assert.equal(RevisionId, created.RevisionId);
  await it.dataPlane.finish();
  it.dataPlane.progress?.('too late');
  assert.equal((await it.operations.GetFunctionConfiguration({ FunctionName: name })).StateReason, undefined);
  await it.operations.UpdateFunctionCode({ FunctionName: name, ZipFile: zip('new') });
  it.dataPlane.progress?.('copying');
  const updating = await it.operations.GetFunctionConfiguration({ FunctionName: name });
  assert.deepEqual(
    [updating.StateReason, updating.LastUpdateStatusReason],
    [undefined, 'The function is being created: copying.'],
  );
  await it.dataPlane.finish();
});

test('invocations run the former version until the update is prepared, which is then retired', async () => {
  await using it = openTestControlPlane();
  await it.create(name);
  const former = it.resolve(name).version;
  it.dataPlane.automatic = false;
  const updated = await it.operations.UpdateFunctionCode({ FunctionName: name, ZipFile: zip('new') });
  assert.deepEqual(
    [updated.State, updated.LastUpdateStatus, updated.LastUpdateStatusReason, updated.LastUpdateStatusReasonCode],
    ['Active', 'InProgress', 'The function is being created.', 'Creating'],
  );
  assert.equal(it.resolve(name).version, former);
  assert.ok(it.controlPlane.codeStore.has(former.code));
  await assert.rejects(
    it.operations.UpdateFunctionCode({ FunctionName: name, ZipFile: zip('newer') }),
    fails(
      'ResourceConflictException',
      `The operation cannot be performed at this time. An update is in progress for resource: ${arn(name)}`,
    ),
  );
  await it.dataPlane.finish();
  const serving = it.resolve(name).version;
  assert.equal(serving.code.sha256, updated.CodeSha256);
  assert.deepEqual(it.dataPlane.retired, [former]);
  assert.equal(it.controlPlane.codeStore.has(former.code), false);
  const done = await it.operations.GetFunctionConfiguration({ FunctionName: name });
  assert.equal(done.LastUpdateStatus, 'Successful');
  assert.notEqual(done.RevisionId, updated.RevisionId);
});

test('an update that cannot be prepared says why, and the former version goes on; the next one may succeed', async () => {
  await using it = openTestControlPlane();
  await it.create(name);
  const former = it.resolve(name).version;
  it.dataPlane.automatic = false;
  await it.operations.UpdateFunctionConfiguration({ FunctionName: name, Runtime: 'python3.13' });
  await it.dataPlane.finish(failure);
  const failed = await it.operations.GetFunctionConfiguration({ FunctionName: name });
  assert.deepEqual(
    [failed.State, failed.LastUpdateStatus, failed.LastUpdateStatusReason, failed.LastUpdateStatusReasonCode],
    ['Active', 'Failed', 'no interpreter', 'InvalidRuntime'],
  );
  assert.equal(failed.Runtime, 'python3.13');
  assert.equal(it.resolve(name).version, former);
  await it.operations.UpdateFunctionConfiguration({ FunctionName: name, Runtime: 'nodejs22.x' });
  await it.dataPlane.finish();
  assert.equal(it.resolve(name).version.runtime, 'nodejs22.x');
  assert.deepEqual(
    it.dataPlane.retired.map((version) => version.runtime),
    ['python3.13', 'nodejs24.x'],
  );
});

test('a function that could never be prepared is Failed, and a change gives it another chance', async () => {
  await using it = openTestControlPlane();
  it.dataPlane.automatic = false;
  await it.operations.CreateFunction(createInput(name));
  await it.dataPlane.finish(failure);
  const failed = await it.operations.GetFunctionConfiguration({ FunctionName: name });
  assert.deepEqual(
    [failed.State, failed.StateReason, failed.StateReasonCode, failed.LastUpdateStatus],
    ['Failed', 'no interpreter', 'InvalidRuntime', 'Failed'],
  );
  assert.throws(() => it.resolve(name), fails('ResourceConflictException', /state: Failed$/));
  const changed = await it.operations.UpdateFunctionConfiguration({ FunctionName: name, Timeout: 4 });
  assert.equal(changed.State, 'Pending');
  await it.dataPlane.finish();
  assert.equal(it.resolve(name).version.timeout, 4);
});

test('a data plane that throws makes the function Failed with its words', async () => {
  await using it = openTestControlPlane();
  it.dataPlane.prepare = () => Promise.reject(new Error('disk full'));
  await it.create(name);
  const failed = await it.operations.GetFunctionConfiguration({ FunctionName: name });
  assert.equal(failed.StateReasonCode, 'InternalError');
  assert.match(failed.StateReason ?? '', /disk full/);
  assert.equal(it.warnings.length, 1);
});

test('a function deleted while Pending does not come back', async () => {
  await using it = openTestControlPlane();
  it.dataPlane.automatic = false;
  await it.operations.CreateFunction(createInput(name));
  await settle();
  const [version] = it.dataPlane.waiting;
  assert.ok(version);
  await it.operations.DeleteFunction({ FunctionName: name });
  await settle();
  assert.deepEqual(it.dataPlane.waiting, []);
  assert.ok(it.dataPlane.retired.includes(version));
  assert.equal(it.controlPlane.codeStore.usedSize, 0);
  await it.operations.CreateFunction(createInput(name));
  await it.dataPlane.finish();
  assert.notEqual(it.resolve(name).version.generation, version.generation);
});

test('with synchronous creation the reply says Active, or Pending after ten seconds', async () => {
  await using it = openTestControlPlane({ synchronousCreate: true });
  const created = await it.operations.CreateFunction(createInput('quick'));
  assert.equal(created.State, 'Active');
  const updated = await it.operations.UpdateFunctionConfiguration({ FunctionName: 'quick', Timeout: 9 });
  assert.equal(updated.LastUpdateStatus, 'Successful');

  it.dataPlane.automatic = false;
  const slow = it.operations.CreateFunction(createInput('slow'));
  while (it.clock.waiting === 0) await settle();
  it.clock.advance(milliseconds(10_000));
  assert.equal((await slow).State, 'Pending');
});

test('disposal ends preparations that hang', async () => {
  const it = openTestControlPlane();
  it.dataPlane.automatic = false;
  await it.operations.CreateFunction(createInput(name));
  await settle();
  await it[Symbol.asyncDispose]();
  assert.deepEqual(it.dataPlane.waiting, []);
});

type Step = 'create' | 'configure' | 'update code' | 'publish' | 'delete' | 'succeed' | 'fail';

/** What there should be, in as few words as possible. */
interface Model {
  state: 'absent' | 'pending' | 'active' | 'updating' | 'failed' | 'update-failed';
  timeout: number;
  serving: number | undefined;
}

function expected(model: Model, step: Step, next: number): { readonly model: Model; readonly error?: string } {
  const { state, serving } = model;
  const busy = state === 'pending' || state === 'updating';
  switch (step) {
    case 'create':
      if (state !== 'absent') return { model, error: 'ResourceConflictException' };
      return { model: { state: 'pending', timeout: next, serving: undefined } };
    case 'configure':
    case 'update code':
    case 'publish': {
      if (state === 'absent') return { model, error: 'ResourceNotFoundException' };
      if (busy) return { model, error: 'ResourceConflictException' };
      const timeout = step === 'configure' ? next : model.timeout;
      return { model: { state: serving === undefined ? 'pending' : 'updating', timeout, serving } };
    }
    case 'delete':
      if (state === 'absent') return { model, error: 'ResourceNotFoundException' };
      return { model: { state: 'absent', timeout: 0, serving: undefined } };
    case 'succeed':
      return { model: busy ? { ...model, state: 'active', serving: model.timeout } : model };
    case 'fail':
      return { model: busy ? { ...model, state: state === 'pending' ? 'failed' : 'update-failed' } : model };
  }
}

test('whatever happens to a function in whatever order, it is as the model says and no code is left over', async () => {
  const steps = fc.array(
    fc.constantFrom<Step>('create', 'configure', 'update code', 'publish', 'delete', 'succeed', 'fail'),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      await using it = openTestControlPlane();
      it.dataPlane.automatic = false;
      let model: Model = { state: 'absent', timeout: 0, serving: undefined };
      const run = (step: Step, next: number): Promise<unknown> => {
        const code = { FunctionName: name, ZipFile: zip(`code ${next % 3}`) };
        switch (step) {
          case 'create':
            return it.operations.CreateFunction({ ...createInput(name), Timeout: next });
          case 'configure':
            return it.operations.UpdateFunctionConfiguration({ FunctionName: name, Timeout: next });
          case 'update code':
            return it.operations.UpdateFunctionCode(code);
          case 'publish':
            return it.operations.UpdateFunctionCode({ ...code, Publish: true });
          case 'delete':
            return it.operations.DeleteFunction({ FunctionName: name });
          case 'succeed':
            return it.dataPlane.finish();
          case 'fail':
            return it.dataPlane.finish(failure);
        }
      };
      for (const [index, step] of sequence.entries()) {
        const next = index + 1;
        const outcome = expected(model, step, next);
        if (outcome.error === undefined) await run(step, next);
        else await assert.rejects(run(step, next), fails(outcome.error, /./));
        model = outcome.model;
        if (model.serving === undefined) assert.throws(() => it.resolve(name));
        else assert.equal(it.resolve(name).version.timeout, model.serving);
        if (model.state === 'absent') {
          assert.equal(it.controlPlane.codeStore.usedSize, 0);
        } else {
          assert.equal((await it.operations.GetFunction({ FunctionName: name })).Configuration?.Timeout, model.timeout);
        }
      }
    }),
    { numRuns: 60 },
  );
});

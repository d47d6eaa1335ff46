import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { arn, fails, openTestControlPlane, scope } from '../control-plane.fixture.ts';

const unreserved = async (it: ReturnType<typeof openTestControlPlane>) =>
  (await it.operations.GetAccountSettings({})).AccountLimit?.UnreservedConcurrentExecutions;

test('what a function reserves is shown, counted, and given back', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  const { operations } = it;
  assert.deepEqual(await operations.GetFunctionConcurrency({ FunctionName: 'f' }), {
    ReservedConcurrentExecutions: undefined,
  });
  assert.equal((await operations.GetFunction({ FunctionName: 'f' })).Concurrency, undefined);
  const put = await operations.PutFunctionConcurrency({ FunctionName: arn('f'), ReservedConcurrentExecutions: 7 });
  assert.deepEqual(put, { ReservedConcurrentExecutions: 7 });
  assert.deepEqual(await operations.GetFunctionConcurrency({ FunctionName: 'f' }), put);
  assert.deepEqual((await operations.GetFunction({ FunctionName: 'f' })).Concurrency, put);
  assert.deepEqual(it.controlPlane.concurrency.in(scope).of('f'), { reserved: 7, provisioned: 0, allocated: 0 });
  assert.equal(await unreserved(it), 993);
  assert.deepEqual(await operations.DeleteFunctionConcurrency({ FunctionName: 'f' }), {});
  assert.deepEqual(await operations.DeleteFunctionConcurrency({ FunctionName: 'f' }), {});
  assert.equal(it.controlPlane.concurrency.in(scope).of('f'), undefined);
  assert.equal(await unreserved(it), 1000);
});

test('a hundred must be left to the others, and a function may use its own again', async () => {
  await using it = openTestControlPlane();
  for (const name of ['f', 'g']) await it.create(name);
  const put = (FunctionName: string, ReservedConcurrentExecutions: number) =>
    it.operations.PutFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions });
  await put('f', 500);
  await put('f', 900);
  const refused = fails(
    'InvalidParameterValueException',
    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  );
  await assert.rejects(put('f', 901), refused);
  await assert.rejects(put('g', 1), refused);
  await put('g', 0);
});

test('only a function as a whole can reserve', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  for (const FunctionName of ['f:$LATEST', `${arn('f')}:1`, 'f:live']) {
    const refused = fails('InvalidParameterValueException', /^This operation is permitted on Lambda functions only\./);
    await assert.rejects(
      it.operations.PutFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 1 }),
      refused,
    );
    await assert.rejects(it.operations.GetFunctionConcurrency({ FunctionName }), refused);
    await assert.rejects(it.operations.DeleteFunctionConcurrency({ FunctionName }), refused);
  }
  const missing = fails('ResourceNotFoundException', `Function not found: ${arn('g')}`);
  await assert.rejects(it.operations.GetFunctionConcurrency({ FunctionName: 'g' }), missing);
});

test('an update of the function keeps what it reserved, its deletion gives it back', async () => {
  await using it = openTestControlPlane();
  await it.create('f');
  await it.operations.PutFunctionConcurrency({ FunctionName: 'f', ReservedConcurrentExecutions: 7 });
  await it.operations.UpdateFunctionConfiguration({ FunctionName: 'f', Timeout: 5 });
  assert.equal((await it.operations.GetFunctionConcurrency({ FunctionName: 'f' })).ReservedConcurrentExecutions, 7);
  await it.operations.DeleteFunction({ FunctionName: 'f' });
  assert.equal(await unreserved(it), 1000);
});

test('whatever is put and deleted, what is set aside is the sum of what is reserved', async () => {
  const names = ['a', 'b', 'c'];
  const step = fc.record({ name: fc.constantFrom(...names), reserved: fc.option(fc.nat(1100)) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      await using it = openTestControlPlane();
      for (const name of names) await it.create(name);
      const expected = new Map<string, number>();
      const sum = () => [...expected.values()].reduce((total, each) => total + each, 0);
      for (const { name, reserved } of steps) {
        if (reserved === null) {
          await it.operations.DeleteFunctionConcurrency({ FunctionName: name });
          expected.delete(name);
          continue;
        }
        const fits = sum() - (expected.get(name) ?? 0) + reserved <= 900;
        const put = it.operations.PutFunctionConcurrency({
          FunctionName: name,
          ReservedConcurrentExecutions: reserved,
        });
        if (fits) expected.set(name, (await put).ReservedConcurrentExecutions ?? Number.NaN);
        else await assert.rejects(put);
        assert.equal(it.controlPlane.concurrency.in(scope).setAside, sum());
      }
    }),
    { numRuns: 20 },
  );
});

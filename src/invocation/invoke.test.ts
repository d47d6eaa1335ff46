import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../../test/kit/eventually.ts';
import { echo, type RuntimeScript } from '../../test/kit/fake-executor.ts';
import { HeldInvocations } from '../../test/kit/held-invocations.ts';
import { TestInvoker } from '../../test/kit/test-invoker.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';

const never = new Promise<void>(() => {});
const stuck: RuntimeScript = async ({ api }) => {
  await api.next();
  await never;
};

const answerOf = (outcome: InvocationOutcome | undefined) => {
  assert.ok(outcome?.kind === 'answered', outcome?.kind);
  const { result, payload, executedVersion } = outcome;
  return { result, payload: JSON.parse(payload.toString()) as unknown, executedVersion };
};

test('an event goes to the handler and its answer comes back, with the version that ran', async () => {
  await using invoker = new TestInvoker({ script: echo });
  assert.deepEqual(answerOf(await invoker.invoke('a', { payload: '{"n":1}' })), {
    result: 'succeeded',
    payload: { n: 1 },
    executedVersion: '$LATEST',
  });
});

test('the runtime hears the deadline, the ARN as the caller wrote it, the trace and the client context', async () => {
  const seen: Record<string, unknown>[] = [];
  await using invoker = new TestInvoker({
    script: async ({ api }) => {
      const { requestId, headers } = await api.next();
      seen.push(headers);
      await api.respond(requestId, 'null');
      await never;
    },
  });
  await invoker.invoke('a', { clientContext: '{"custom":{}}', traceHeader: 'Root=1-2-3;Sampled=1' });
  const [headers] = seen;
  assert.equal(headers?.['lambda-runtime-aws-request-id'], 'a');
  assert.equal(headers?.['lambda-runtime-deadline-ms'], String(Date.UTC(2026, 0, 1) + 3000));
  assert.equal(headers?.['lambda-runtime-invoked-function-arn'], `${invoker.version.functionArn}:live`);
  assert.match(String(headers?.['lambda-runtime-trace-id']), /^Root=1-2-3;Sampled=1;Lineage=1:[0-9a-f]{8}:0$/);
  assert.equal(headers?.['lambda-runtime-client-context'], '{"custom":{}}');
});

test('the log of an invocation stands in order, also the output that comes with the answer, and its tail is given', async () => {
  await using invoker = new TestInvoker({
    script: async (runtime) => {
      for (;;) {
        const { requestId } = await runtime.api.next();
        runtime.print('working\nunfinished');
        await runtime.api.respond(requestId, 'null');
      }
    },
  });
  const outcome = await invoker.invoke('a', { tail: true });
  const report =
    /^REPORT RequestId: a\tDuration: 0.00 ms\tBilled Duration: 0 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t/;
  const [initStart, ...ofInvocation] = invoker.log.lines;
  assert.match(
    initStart ?? '',
    /^INIT_START Runtime Version: provided:al2023\.v1\tRuntime Version ARN: arn:aws:lambda:/,
  );
  const [start, working, unfinished, end, reported, ...more] = ofInvocation;
  assert.deepEqual(
    [start, working, unfinished, end, more],
    ['START RequestId: a Version: $LATEST', 'working', 'unfinished', 'END RequestId: a', []],
  );
  assert.match(reported ?? '', report);
  assert.match(reported ?? '', /Init Duration: 0.00 ms\t$/);
  const tail = outcome.kind === 'answered' ? outcome.logTail?.toString() : undefined;
  assert.equal(tail, `${ofInvocation.join('\n')}\n`);
  const untailed = await invoker.invoke('b');
  assert.equal(untailed.kind === 'answered' && untailed.logTail, undefined);
  await eventually(() => invoker.log.lines.length === 11, 'the log is closed also when nobody waits for it');
  assert.doesNotMatch(invoker.log.lines.at(-1) ?? '', /Init Duration/);
});

test('in the JSON format the platform writes documents, and nothing beside them', async () => {
  const logging = { format: 'JSON', applicationLevel: 'INFO', systemLevel: 'DEBUG' } as const;
  await using invoker = new TestInvoker({ script: stuck, version: { logging } });
  const running = invoker.invoke('a', { tail: true });
  await eventually(() => invoker.states.includes('busy'), 'it runs');
  invoker.clock.advance(milliseconds(3000));
  await running;
  const documents = invoker.log.lines.map((line) => JSON.parse(line) as { type: string; record: { status?: string } });
  assert.deepEqual(
    documents.map(({ type, record }) => [type, record.status]),
    [
      ['platform.initStart', undefined],
      ['platform.initRuntimeDone', 'success'],
      ['platform.initReport', 'success'],
      ['platform.start', undefined],
      ['platform.runtimeDone', 'timeout'],
      ['platform.report', 'timeout'],
    ],
  );
});

test("an error of the handler is the caller's as it is", async () => {
  await using invoker = new TestInvoker({
    script: async ({ api }) => {
      const { requestId } = await api.next();
      await api.fail(requestId, '{"errorType":"Error","errorMessage":"no","trace":[]}', 'Error');
      await never;
    },
  });
  assert.deepEqual(answerOf(await invoker.invoke('a')), {
    result: 'failed',
    payload: { errorType: 'Error', errorMessage: 'no', trace: [] },
    executedVersion: '$LATEST',
  });
});

test('a time-out is a function error, and its report shows the whole time', async () => {
  await using invoker = new TestInvoker({ script: stuck });
  const running = invoker.invoke('a', { tail: true });
  await eventually(() => invoker.states.includes('busy'), 'it runs');
  invoker.clock.advance(milliseconds(3000));
  assert.deepEqual(answerOf(await running), {
    result: 'failed',
    payload: { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: a Error: Task timed out after 3.00 seconds' },
    executedVersion: '$LATEST',
  });
  const [, , line, , report] = invoker.log.lines;
  assert.equal(line, '2026-01-01T00:00:03.000Z a Task timed out after 3.00 seconds');
  assert.match(report ?? '', /Duration: 3000.00 ms\tBilled Duration: 3000 ms\t.*\tStatus: timeout\t$/);
});

test('a process that ends, and one that cannot initialise, are function errors with the reason', async () => {
  const exits: RuntimeScript = async (runtime) => {
    await runtime.api.next();
    runtime.exit({ kind: 'code', code: 3 });
  };
  await using exiting = new TestInvoker({ script: exits });
  assert.deepEqual(answerOf(await exiting.invoke('a')).payload, {
    errorType: 'Runtime.ExitError',
    errorMessage: 'RequestId: a Error: Runtime exited with error: exit status 3',
  });
  await using broken = new TestInvoker({
    script: async ({ api }) => {
      await api.failInit('{"errorType":"Runtime.ImportModuleError","errorMessage":"no module"}');
    },
  });
  assert.deepEqual(answerOf(await broken.invoke('a')), {
    result: 'failed',
    payload: { errorType: 'Runtime.ImportModuleError', errorMessage: 'no module' },
    executedVersion: '$LATEST',
  });
});

test('an answer that is too large is a function error of its own kind', async () => {
  await using invoker = new TestInvoker({
    script: async ({ api }) => {
      const { requestId } = await api.next();
      await api.respond(requestId, Buffer.alloc(6_291_557, 'x'));
      await never;
    },
  });
  assert.deepEqual(answerOf(await invoker.invoke('a')).payload, {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

test('what goes over the concurrency is throttled, and whatever the outcome, the place is given back', async () => {
  const held = new HeldInvocations();
  await using invoker = new TestInvoker({ script: held.script, concurrency: 1 });
  const running = invoker.invoke('a');
  await held.holderOf('a');
  assert.deepEqual(await invoker.invoke('b'), {
    kind: 'throttled',
    reason: 'ConcurrentInvocationLimitExceeded',
    retryAfter: 1,
  });
  await held.release('a');
  assert.equal((await running).kind, 'answered');

  invoker.executor.prepareFailure = new Error('cannot be prepared');
  await assert.rejects(invoker.invoke('c', { generation: 'unprepared' }), { message: 'cannot be prepared' });
  await assert.rejects(invoker.invoke('d', { generation: 'unprepared' }), { message: 'cannot be prepared' });

  const next = invoker.invoke('e');
  await held.release('e');
  assert.equal((await next).kind, 'answered');
});

test('shutting down ends what runs and what comes as stopped', async () => {
  await using invoker = new TestInvoker({ script: stuck });
  const running = invoker.invoke('a');
  await eventually(() => invoker.states.includes('busy'), 'it runs');
  await invoker[Symbol.asyncDispose]();
  assert.deepEqual(await running, { kind: 'stopped' });
  assert.deepEqual(await invoker.invoke('b'), { kind: 'stopped' });
});

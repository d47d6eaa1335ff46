import assert from 'node:assert/strict';
import { test } from 'node:test';
import { echo } from '../../../test/kit/fake-executor.ts';
import { HeldInvocations } from '../../../test/kit/held-invocations.ts';
import { requestId } from '../../../test/kit/sample-event.ts';
import { TestInvoker, type TestInvokerOptions } from '../../../test/kit/test-invoker.ts';
import type { Call } from '../../aws/call.ts';
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { ServiceError } from '../../aws/service-error.ts';
import { bytes } from '../../kernel/quantity.ts';
import type { InvocationRequest } from '../invoke.ts';
import { invokeOperation } from './invoke.ts';

type Input = Partial<LambdaOperations['Invoke']['input']>;

function open(options: TestInvokerOptions) {
  const invoker = new TestInvoker(options);
  const accepted: InvocationRequest[] = [];
  const events = { accept: (request: InvocationRequest) => void accepted.push(request) };
  const operation = invokeOperation({ ...invoker.deps, maxRequest: bytes(100), events });
  const call = (id: string): Call => ({
    scope: invoker.version.scope,
    requestId: requestId(id),
    signal: new AbortController().signal,
    traceHeader: undefined,
  });
  return {
    invoker,
    accepted,
    invoke: async (id: string, input: Input) => operation({ FunctionName: 'greeter', ...input }, call(id)),
    [Symbol.asyncDispose]: () => invoker[Symbol.asyncDispose](),
  };
}

const refusal =
  (code: string, message: RegExp) =>
  (error: unknown): boolean =>
    error instanceof ServiceError && error.code === code && message.test(error.message);

test('a synchronous invocation answers 200 with payload and version; without a payload the event is {}', async () => {
  await using api = open({ script: echo });
  const output = await api.invoke('a', { Payload: Buffer.from('[1]') });
  assert.deepEqual(output, { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: Buffer.from('[1]') });
  for (const input of [{}, { Payload: Buffer.alloc(0) }, { InvocationType: 'RequestResponse' as const }]) {
    assert.deepEqual((await api.invoke('b', input)).Payload, Buffer.from('{}'));
  }
});

test('the tail of the log comes in base64 when it was asked for', async () => {
  await using api = open({ script: echo });
  const { LogResult } = await api.invoke('a', { LogType: 'Tail' });
  assert.match(Buffer.from(LogResult ?? '', 'base64').toString(), /^START RequestId: a .*\nEND RequestId: a\nREPORT /s);
  assert.equal('LogResult' in (await api.invoke('b', { LogType: 'None' })), false);
});

test('a function error is a 200 that says Unhandled', async () => {
  await using api = open({ script: async (runtime) => runtime.exit({ kind: 'code', code: 1 }) });
  const { StatusCode, FunctionError } = await api.invoke('a', {});
  assert.deepEqual({ StatusCode, FunctionError }, { StatusCode: 200, FunctionError: 'Unhandled' });
});

test('a dry run checks that the function is there and runs nothing', async () => {
  await using api = open({ script: echo });
  assert.deepEqual(await api.invoke('a', { InvocationType: 'DryRun' }), { StatusCode: 204 });
  assert.equal(api.invoker.executor.processes.length, 0);
});

test('an event is accepted with 202 and handed over as it was checked', async () => {
  await using api = open({ script: echo });
  const input = { InvocationType: 'Event', Payload: Buffer.from('{"n":1}'), LogType: 'Tail' } as const;
  assert.deepEqual(await api.invoke('a', input), { StatusCode: 202 });
  const [request] = api.accepted;
  assert.deepEqual([request?.requestId, request?.payload.toString(), request?.tail], ['a', '{"n":1}', false]);
  assert.equal(api.invoker.executor.processes.length, 0);
});

test('what is not JSON, too large, or has a bad client context is refused and reaches no function', async () => {
  await using api = open({ script: echo });
  await assert.rejects(
    api.invoke('a', { Payload: Buffer.from('{"a":') }),
    refusal(
      'InvalidRequestContentException',
      /^Could not parse request body into json: Could not parse payload into json: Unexpected end-of-input: expected close marker for Object\n at \[Source: REDACTED \(`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled\); line: 1, column: 6\]$/,
    ),
  );
  await assert.rejects(
    api.invoke('a', { Payload: Buffer.from(JSON.stringify('x'.repeat(99))) }),
    refusal('RequestTooLargeException', /^Request must be smaller than 100 bytes for the InvokeFunction operation$/),
  );
  await assert.rejects(
    api.invoke('a', { ClientContext: 'e30' + 'x' }),
    refusal('InvalidRequestContentException', /^Client context must be a valid Base64-encoded JSON object\.$/),
  );
  assert.equal(api.invoker.executor.processes.length, 0);
});

test('a throttled invocation is a 429 that says why and when to come again', async () => {
  const held = new HeldInvocations();
  await using api = open({ script: held.script, concurrency: 1 });
  const running = api.invoke('a', {});
  await held.holderOf('a');
  await assert.rejects(api.invoke('b', {}), (error) => {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.code, 'TooManyRequestsException');
    assert.deepEqual(error.options.members, { Reason: 'ConcurrentInvocationLimitExceeded' });
    assert.deepEqual(error.options.headers, { 'Retry-After': '1' });
    return true;
  });
  await held.release('a');
  await running;
});

test('an invocation that the shutdown ends is an error of the service', async () => {
  const held = new HeldInvocations();
  await using api = open({ script: held.script });
  const running = api.invoke('a', {});
  await held.holderOf('a');
  await api[Symbol.asyncDispose]();
  await assert.rejects(running, refusal('ServiceException', /shutting down/));
});

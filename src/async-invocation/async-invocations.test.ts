import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { RequestId } from '../aws/call.ts';
import { accountId, region, scopeOf } from '../aws/scope.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { InvocationOutcome } from '../invocation/invocation-outcome.ts';
import type { InvocationRequest } from '../invocation/invoke.ts';
import { silentLogger } from '../kernel/logger.ts';
import { milliseconds, seconds } from '../kernel/quantity.ts';
import { systemRandom } from '../kernel/random.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import type { FunctionVersion, VersionId } from '../lambda/function/function-version.ts';
import { type AsyncInvocationState, asyncInvocationTransitions } from './async-invocation-state.ts';
import { AsyncInvocations } from './async-invocations.ts';
import type { AsyncResult } from './async-result.ts';
import { decideRetry } from './retry-policy.ts';

const scope = scopeOf(accountId('000000000000'), region('us-east-1'));
// Only what this room reads of a version.
const version = {
  scope,
  functionName: 'f',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  version: '$LATEST',
} as unknown as FunctionVersion;
const executedVersion = '$LATEST' as VersionId;
const invokedFunctionArn = `${version.functionArn}:live`;
const payload = Buffer.from('{"n":1}');

const answered = (result: 'succeeded' | 'failed'): InvocationOutcome => ({
  kind: 'answered',
  result,
  payload: Buffer.from('{}'),
  contentType: undefined,
  executedVersion,
  logTail: undefined,
});
const throttled: InvocationOutcome = {
  kind: 'throttled',
  reason: 'ConcurrentInvocationLimitExceeded',
  retryAfter: seconds(1),
};

/** Lets what is ready run: promises only, the clock stands still. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function fixture(
  outcomes: readonly (InvocationOutcome | Error)[],
  maximumEventAge = seconds(21_600),
  stopped = false,
  maximumRetryAttempts = 2,
) {
  const clock = new VirtualClock();
  const requests: InvocationRequest[] = [];
  const results: AsyncResult[] = [];
  const queue = new AsyncInvocations({
    clock,
    random: systemRandom,
    logger: silentLogger,
    catalogue: { resolve: () => ({ version, invokedFunctionArn }) },
    invoke: async (request) => {
      const outcome = outcomes[requests.length];
      requests.push(request);
      if (outcome instanceof Error) throw outcome;
      return outcome ?? answered('succeeded');
    },
    policyOf: () => ({ maximumRetryAttempts, maximumEventAge, stopped }),
    results: { finished: async (result) => void results.push(result) },
    retryBaseDelay: milliseconds(60_000),
  });
  queue.accept({
    target: { scope, functionName: 'f', qualifier: undefined },
    requestId: 'one' as RequestId,
    payload,
    clientContext: undefined,
    traceHeader: undefined,
    tail: false,
  });
  const advance = async (by: number) => {
    clock.advance(milliseconds(by));
    await settle();
  };
  return { clock, queue, requests, results, advance };
}

test('the states allow exactly the transitions of the table', () => {
  const states = Object.keys(asyncInvocationTransitions) as AsyncInvocationState[];
  const allowed = states.flatMap((from) => asyncInvocationTransitions[from].map((to) => `${from}→${to}`));
  assert.deepEqual(allowed.sort(), [
    'queued→abandoned',
    'queued→exhausted',
    'queued→expired',
    'queued→running',
    'running→abandoned',
    'running→delivered',
    'running→exhausted',
    'running→expired',
    'running→waiting',
    'waiting→abandoned',
    'waiting→exhausted',
    'waiting→running',
  ]);
});

test('an event that succeeds is run once', async () => {
  const { queue, requests, results } = fixture([answered('succeeded')]);
  await settle();
  assert.equal(requests.length, 1);
  assert.deepEqual([results[0]?.condition, results[0]?.attempts], ['Success', 1]);
  assert.equal(queue.pending, 0);
});

test('a failing event is tried again after one minute and after two more, with the same request id', async () => {
  const failed = answered('failed');
  const { requests, results, advance, clock } = fixture([failed, failed, failed]);
  await settle();
  await advance(59_999);
  assert.equal(requests.length, 1);
  await advance(1);
  assert.equal(requests.length, 2);
  await advance(119_999);
  assert.equal(requests.length, 2);
  await advance(1);
  assert.deepEqual(
    requests.map(({ requestId }) => requestId),
    ['one', 'one', 'one'],
  );
  assert.deepEqual([results[0]?.condition, results[0]?.attempts], ['RetriesExhausted', 3]);
  assert.equal(clock.waiting, 0);
});

test('an event that may not be tried again is given up with its first failure', async () => {
  const { requests, results } = fixture([answered('failed')], seconds(21_600), false, 0);
  await settle();
  assert.deepEqual([requests.length, results[0]?.condition, results[0]?.attempts], [1, 'RetriesExhausted', 1]);
});

test('the sink gets all that a destination or a dead-letter queue is told, of the alias that was called', async () => {
  const { results, advance, clock } = fixture([answered('failed'), answered('succeeded')]);
  await settle();
  assert.deepEqual(results, [], 'nothing before the end');
  await advance(60_000);
  assert.deepEqual(results, [
    {
      requestId: 'one',
      version,
      invokedFunctionArn,
      condition: 'Success',
      attempts: 2,
      requestPayload: payload,
      response: { payload: Buffer.from('{}'), executedVersion, failed: false },
      finished: clock.now(),
    },
  ]);
});

test('throttles and absent functions do not count as attempts, and wait longer each time', async () => {
  const gone = new ServiceError('ResourceNotFoundException', 'gone');
  const { requests, results, advance } = fixture([throttled, gone, throttled, answered('succeeded')]);
  await settle();
  await advance(1000);
  assert.equal(requests.length, 2);
  await advance(1999);
  assert.equal(requests.length, 2);
  await advance(1);
  await advance(4000);
  assert.deepEqual([results[0]?.condition, results[0]?.attempts], ['Success', 1]);
});

test('an event that would be too old at its next attempt is given up at once', async () => {
  const { results } = fixture([answered('failed')], seconds(59));
  await settle();
  assert.deepEqual([results[0]?.condition, results[0]?.attempts], ['EventAgeExceeded', 1]);
});

test('an event for a function whose reserved concurrency is 0 is given up without an attempt', async () => {
  const { requests, results } = fixture([], seconds(21_600), true);
  await settle();
  assert.deepEqual([requests.length, results[0]?.condition, results[0]?.attempts], [0, 'ZeroReservedConcurrency', 0]);
});

test('disposal gives up what waits, and leaves no timer', async () => {
  const { queue, clock, results } = fixture([answered('failed')]);
  await settle();
  assert.equal(clock.waiting, 1);
  await queue[Symbol.asyncDispose]();
  assert.deepEqual([clock.waiting, queue.pending, results.length], [0, 0, 0]);
});

test('no event is retried beyond its age or its attempts, whatever happens', () => {
  const policy = fc.record({
    maximumRetryAttempts: fc.integer({ min: 0, max: 2 }),
    maximumEventAge: fc.integer({ min: 60, max: 21_600 }).map(seconds),
    stopped: fc.constant(false),
  });
  const attempts = fc.record({ functionErrors: fc.nat(4), refusals: fc.nat(40) });
  fc.assert(
    fc.property(policy, attempts, fc.nat(30_000_000), (chosen, made, age) => {
      const decision = decideRetry(chosen, made, milliseconds(age), milliseconds(60_000));
      if (decision.kind !== 'retry') return;
      assert.ok(age + decision.after <= chosen.maximumEventAge * 1000);
      assert.ok(decision.after <= 300_000);
      assert.ok(made.refusals > 0 || made.functionErrors <= chosen.maximumRetryAttempts);
    }),
  );
});

/** Faults and environments under /_lambdad, as a test of somebody's application uses them. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import {
  CreateAliasCommand,
  InvokeCommand,
  type InvokeCommandInput,
  PublishVersionCommand,
  type ServiceException,
  type TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { eventually } from '../kit/eventually.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';

const code = {
  'index.js': `let n = 0;
    exports.handler = async ({ hang }) => { n += 1; if (hang) await new Promise(() => setInterval(() => {}, 1000)); return n; };`,
};

interface ListedEnvironment {
  readonly id: string;
  readonly function: string;
  readonly state: string;
  readonly invocations: number;
  readonly pid: number;
}

let daemon: TestDaemon;
let fn: TestFunction;
before(async () => {
  daemon = await TestDaemon.start();
  fn = await daemon.function({ code, FunctionName: 'target', Timeout: 20 });
  await daemon.lambda.send(new PublishVersionCommand({ FunctionName: fn.name }));
  await daemon.lambda.send(new CreateAliasCommand({ FunctionName: fn.name, Name: 'live', FunctionVersion: '1' }));
});
after(() => daemon[Symbol.asyncDispose]());
beforeEach(async () => {
  await ask('DELETE', 'faults');
});

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: never }> {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const answer = await daemon.fetch(`/_lambdad/${path}`, { method, ...init });
  return { status: answer.status, body: (await answer.json()) as never };
}

const add = async (fault: object): Promise<void> => {
  assert.equal((await ask('POST', 'faults', { function: fn.name, ...fault })).status, 201);
};
const faults = async (): Promise<readonly Record<string, unknown>[]> => (await ask('GET', 'faults')).body['faults'];
const environments = async (query = ''): Promise<readonly ListedEnvironment[]> =>
  (await ask('GET', `environments${query}`)).body['environments'];
const invoke = (options: Partial<InvokeCommandInput> = {}) =>
  daemon.lambda.send(new InvokeCommand({ FunctionName: fn.name, ...options }));

test('throttled so many times, with the reason that was asked for, and then no more', async () => {
  await add({ kind: 'throttle', count: 2, reason: 'CallerRateLimitExceeded' });
  for (const left of [1, 0]) {
    await assert.rejects(invoke(), (error: TooManyRequestsException) => {
      const { name, Reason, $metadata } = error;
      assert.deepEqual(
        [name, Reason, $metadata.httpStatusCode],
        ['TooManyRequestsException', 'CallerRateLimitExceeded', 429],
      );
      return true;
    });
    assert.deepEqual(
      (await faults()).map(({ remaining }) => remaining),
      left === 0 ? [] : [left],
    );
  }
  assert.equal((await invoke()).StatusCode, 200);
});

test('the function fails as it was asked to, with its log, and did not run', async () => {
  const before = (await fn.invoke()).payload as number;
  await add({ kind: 'function-error', errorType: 'OrderRefused', errorMessage: 'no stock' });
  const { payload, functionError, log } = await fn.invoke({}, { LogType: 'Tail' });
  assert.deepEqual(
    [payload, functionError],
    [{ errorType: 'OrderRefused', errorMessage: 'no stock', trace: [] }, 'Unhandled'],
  );
  assert.match(log, /^START RequestId: .*\nEND RequestId: .*\nREPORT RequestId: /);
  assert.equal((await fn.invoke()).payload, before + 1);
});

test('the service fails with status 500', async () => {
  await add({ kind: 'service-error', errorMessage: 'the region is on fire' });
  await assert.rejects(invoke(), ({ name, message, $metadata }: ServiceException) => {
    assert.deepEqual([name, message, $metadata.httpStatusCode], ['ServiceException', 'the region is on fire', 500]);
    return true;
  });
  assert.equal((await invoke()).StatusCode, 200);
});

test('latency is added before the function runs, and not to what it reports', async () => {
  await add({ kind: 'latency', milliseconds: 300 });
  const begun = performance.now();
  const { log } = await fn.invoke({}, { LogType: 'Tail' });
  assert.ok(performance.now() - begun >= 299);
  assert.ok(Number(/\tDuration: ([\d.]+) ms/.exec(log)?.[1]) < 250, log);
});

test('a cold start is forced for the next invocation', async () => {
  await fn.invoke();
  assert.ok(((await fn.invoke()).payload as number) > 1);
  await add({ kind: 'cold-start' });
  assert.equal((await fn.invoke()).payload, 1);
  assert.equal((await fn.invoke()).payload, 2);
});

test('a delayed init phase shows in its duration', async () => {
  await add({ kind: 'cold-start' });
  await add({ kind: 'init-delay', milliseconds: 400 });
  const { payload, log } = await fn.invoke({}, { LogType: 'Tail' });
  assert.equal(payload, 1);
  assert.ok(Number(/Init Duration: ([\d.]+) ms/.exec(log)?.[1]) >= 399, log);
});

test('a fault may be for one alias or version, or for a function by its ARN', async () => {
  const qualified = async (Qualifier?: string): Promise<string> =>
    invoke(Qualifier === undefined ? {} : { Qualifier }).then(
      () => 'ok',
      ({ name }: Error) => name,
    );
  await add({ kind: 'throttle', qualifier: 'live' });
  assert.deepEqual(
    [await qualified(), await qualified('1'), await qualified('live')],
    ['ok', 'ok', 'TooManyRequestsException'],
  );
  await add({ kind: 'throttle', qualifier: '1' });
  assert.deepEqual([await qualified(), await qualified('live')], ['ok', 'TooManyRequestsException']);
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:target';
  await add({ kind: 'throttle', function: `${arn}:$LATEST` });
  assert.deepEqual([await qualified('1'), await qualified()], ['ok', 'TooManyRequestsException']);
  await add({ kind: 'throttle', function: arn.replace('us-east-1', 'eu-west-1') });
  assert.equal(await qualified(), 'ok');
});

test('an event that is throttled or fails is tried again, as without faults', async () => {
  await using quick = await TestDaemon.start({ settings: { LAMBDA_RETRY_BASE_DELAY: '0' } });
  const text = { 'index.js': 'exports.handler = async () => console.log("done at last");' };
  const events = await quick.function({ code: text });
  const wish = (kind: string) =>
    quick.fetch('/_lambdad/faults', { method: 'POST', body: JSON.stringify({ function: events.name, kind }) });
  await wish('throttle');
  await wish('function-error');
  await quick.lambda.send(new InvokeCommand({ FunctionName: events.name, InvocationType: 'Event' }));
  for (let text = ''; !text.includes('done at last'); ) {
    text = await (await quick.fetch(`/_lambdad/logs?function=${events.name}`)).text();
  }
  assert.deepEqual(await (await quick.fetch('/_lambdad/faults')).json(), { faults: [] });
});

test('faults are listed as they were asked for, and removed one by one or all', async () => {
  await add({ kind: 'latency', milliseconds: 5, count: 3, qualifier: 'live' });
  await add({ kind: 'throttle' });
  const [latency, throttle] = await faults();
  assert.partialDeepStrictEqual(latency, {
    function: 'target',
    qualifier: 'live',
    kind: 'latency',
    milliseconds: 5,
    remaining: 3,
  });
  assert.equal(throttle?.['reason'], 'ReservedFunctionConcurrentInvocationLimitExceeded');
  assert.deepEqual(await ask('DELETE', `faults/${String(latency?.['id'])}`), { status: 200, body: { removed: 1 } });
  assert.equal((await ask('DELETE', `faults/${String(latency?.['id'])}`)).status, 404);
  assert.deepEqual((await ask('DELETE', 'faults?function=other')).body, { removed: 0 });
  assert.deepEqual((await ask('DELETE', 'faults?function=target')).body, { removed: 1 });
  assert.deepEqual(await faults(), []);
});

suite('Wishes that cannot be meant', () => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ['', /^The body must be a JSON object/],
    ['[]', /^The body must be a JSON object/],
    [{ kind: 'throttle' }, /^function must be the name or ARN of a function\.$/],
    [{ function: 'a b', kind: 'throttle' }, /^function must be .*, not "a b"\.$/],
    [{ function: 'f' }, /^kind must be one of throttle, service-error, .*\.$/],
    [{ function: 'f', kind: 'melt' }, /, not "melt"\.$/],
    [{ function: 'f', kind: 'throttle', count: 0 }, /^count must be a whole number from 1 to 1000000, not 0\.$/],
    [{ function: 'f', kind: 'throttle', reason: 'Mood' }, /^reason must be one of ConcurrentInvocationLimitExceeded,/],
    [{ function: 'f', kind: 'latency' }, /^A latency fault needs milliseconds, from 1 to 900000\.$/],
    [{ function: 'f', kind: 'latency', milliseconds: '5' }, /^milliseconds must be a whole number .*, not "5"\.$/],
    [
      { function: 'f', kind: 'cold-start', milliseconds: 5 },
      /^A cold-start fault has no "milliseconds": it takes function,/,
    ],
    [{ function: 'f:1', qualifier: '2', kind: 'throttle' }, /^function and qualifier name two qualifiers, 1 and 2\.$/],
  ];
  for (const [body, message] of wrong) {
    test(JSON.stringify(body), async () => {
      const answer = await ask('POST', 'faults', body);
      assert.equal(answer.status, 400);
      assert.match(answer.body['message'], message);
    });
  }
});

test('environments are listed, and removed by id or by function', async () => {
  await fn.invoke();
  await fn.invoke({}, { Qualifier: '1' });
  const [listed, ...others] = await environments('?function=target&qualifier=$LATEST');
  assert.ok(listed !== undefined && others.length === 0);
  assert.ok(listed.invocations > 0 && Number.isInteger(listed.pid));
  process.kill(listed.pid, 0);
  assert.deepEqual((await ask('DELETE', `environments/${listed.id.slice(0, 12)}`)).body, {
    removed: [listed.id],
    ending: [],
  });
  assert.equal((await ask('DELETE', `environments/${listed.id}`)).status, 404);
  assert.equal((await environments('?qualifier=1')).length, 1);
  await ask('DELETE', 'environments?function=target');
  assert.deepEqual(await environments(), []);
  assert.equal((await fn.invoke()).payload, 1);
  assert.deepEqual(await ask('DELETE', 'environments?force=maybe'), {
    status: 400,
    body: { message: 'force must be 1 or 0, not "maybe".' },
  });
});

test('an environment that runs is removed when it is done, or at once as if it had crashed', async () => {
  await ask('DELETE', 'environments');
  const slow = invoke({ Payload: Buffer.from('{"hang":true}') });
  let busy: ListedEnvironment | undefined;
  while (busy === undefined) busy = (await environments()).find(({ state }) => state === 'busy');
  assert.deepEqual((await ask('DELETE', `environments/${busy.id}`)).body, { removed: [], ending: [busy.id] });
  assert.equal((await environments()).length, 1);
  assert.deepEqual((await ask('DELETE', `environments/${busy.id}?force=1`)).body, { removed: [busy.id], ending: [] });
  const { FunctionError, Payload } = await slow;
  assert.equal(FunctionError, 'Unhandled');
  assert.match(Buffer.from(Payload ?? []).toString(), /"Runtime\.ExitError".*signal: killed/);
  assert.deepEqual(await environments(), []);
  assert.equal((await fn.invoke()).payload, 1);
  await eventually(() => !isAlive(busy.pid), 'its process is gone');
});

test('another page of the web can neither make faults nor remove environments', async () => {
  for (const [method, path] of [
    ['POST', 'faults'],
    ['DELETE', 'faults'],
    ['DELETE', 'environments'],
    ['GET', 'environments'],
  ] as const) {
    const answer = await daemon.fetch(`/_lambdad/${path}`, { method, headers: { origin: 'https://evil.example' } });
    assert.equal(answer.status, 403, `${method} ${path}`);
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

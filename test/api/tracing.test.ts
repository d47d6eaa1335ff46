/** X-Ray: what is recorded of an invocation, by the daemon and by the real X-Ray SDK in the function. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { InvokeCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { buildSync } from 'esbuild';
import type { SegmentDocument, Subsegment } from '../../src/tracing/segment-document.ts';
import type { Trace, TraceSummary } from '../../src/tracing/trace-store.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';

const root = '1-5759e988-bd862e3fe1be46a994272793';
const parent = '53995c3f42cd8ad8';

const code = {
  'index.js': `exports.handler = async ({ fail }) => {
    if (fail) throw new RangeError('as asked');
    const { _X_AMZN_TRACE_ID, AWS_XRAY_DAEMON_ADDRESS, AWS_XRAY_CONTEXT_MISSING } = process.env;
    return { header: _X_AMZN_TRACE_ID, daemon: AWS_XRAY_DAEMON_ADDRESS, missing: AWS_XRAY_CONTEXT_MISSING };
  };`,
};

let daemon: TestDaemon;
let active: TestFunction;
let passing: TestFunction;
before(async () => {
  daemon = await TestDaemon.start({ settings: { LAMBDAD_TRACE_PERCENT: '100' } });
  active = await daemon.function({ code, FunctionName: 'active', TracingConfig: { Mode: 'Active' } });
  passing = await daemon.function({ code, FunctionName: 'passing' });
});
after(() => daemon[Symbol.asyncDispose]());

const headersOf = async (fn: TestFunction, traceHeader?: string, event: object = {}): Promise<string> => {
  const answer = await daemon.fetch(`/2015-03-31/functions/${fn.name}/invocations`, {
    method: 'POST',
    body: JSON.stringify(event),
    headers: traceHeader === undefined ? {} : { 'x-amzn-trace-id': traceHeader },
  });
  return ((await answer.json()) as { header: string }).header;
};

async function traces(query: string): Promise<readonly TraceSummary[]> {
  const answer = (await (await daemon.fetch(`/_lambdad/traces?${query}`)).json()) as { traces: TraceSummary[] };
  return answer.traces;
}

/** The segment of a function is there when its environment is free again, and what it sends itself comes by UDP. */
async function traceWith(id: string, complete: (trace: Trace) => boolean): Promise<Trace> {
  for (let tries = 0; tries < 5000; tries += 1) {
    const answer = await daemon.fetch(`/_lambdad/traces/${id}`);
    const trace = (await answer.json()) as Trace;
    if (answer.status === 200 && complete(trace)) return trace;
  }
  assert.fail(`the trace ${id} never became complete`);
}

const byOrigin = ({ documents }: Trace, origin: string): SegmentDocument[] =>
  documents.filter((document) => document.origin === origin);
const hasBoth = (trace: Trace): boolean => byOrigin(trace, 'AWS::Lambda::Function').length > 0;
const rootOf = (header: string): string => /^Root=([^;]+);/.exec(header)?.[1] ?? '';

test('an invocation with active tracing has a segment of the service and one of the function', async () => {
  const header = await headersOf(active);
  assert.match(header, /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1;Lineage=1:[0-9a-f]{8}:0$/);
  const trace = await traceWith(rootOf(header), hasBoth);
  const [service] = byOrigin(trace, 'AWS::Lambda');
  const [ofFunction] = byOrigin(trace, 'AWS::Lambda::Function');
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:active';
  assert.partialDeepStrictEqual(service, {
    name: 'active',
    resource_arn: functionArn,
    http: { response: { status: 200 } },
    aws: { request_id: trace.requestIds[0] },
  });
  assert.partialDeepStrictEqual(ofFunction, {
    name: 'active',
    parent_id: service?.id,
    aws: { account_id: '000000000000', function_arn: functionArn, resource_names: ['active'] },
  });
  const phases = Object.fromEntries(ofFunction?.subsegments?.map((phase) => [phase.name, phase]) ?? []);
  assert.deepEqual(Object.keys(phases), ['Initialization', 'Invocation', 'Overhead']);
  assert.equal(phases['Invocation']?.id, /Parent=(\w+)/.exec(header)?.[1], 'what the function records belongs there');
  const inOrder = (earlier: number | undefined, later: number | undefined): void =>
    assert.ok((earlier ?? 1) <= (later ?? 0) + 1e-6, `${earlier} before ${later}`);
  inOrder(service?.start_time, ofFunction?.start_time);
  inOrder(phases['Initialization']?.end_time, phases['Invocation']?.start_time);
  inOrder(phases['Invocation']?.end_time, phases['Overhead']?.start_time);
  inOrder(phases['Overhead']?.end_time, ofFunction?.end_time);
  assert.equal(trace.hasFault || trace.hasError || trace.hasThrottle, false);
});

test('a warm environment has no Initialization, and the trace of the caller goes on', async () => {
  const header = await headersOf(active, `Root=${root};Parent=${parent};Sampled=1`);
  assert.match(header, new RegExp(`^Root=${root};Parent=(?!${parent})[0-9a-f]{16};Sampled=1;Lineage=`));
  const trace = await traceWith(root, hasBoth);
  assert.equal(byOrigin(trace, 'AWS::Lambda')[0]?.parent_id, parent);
  const names = byOrigin(trace, 'AWS::Lambda::Function')[0]?.subsegments?.map(({ name }) => name);
  assert.deepEqual(names, ['Invocation', 'Overhead']);
});

test('a caller that does not sample decides for an active function too', async () => {
  const other = root.replace(/.$/, 'a');
  const header = await headersOf(active, `Root=${other};Parent=${parent};Sampled=0`);
  assert.match(header, new RegExp(`^Root=${other};Parent=${parent};Sampled=0;Lineage=`));
  assert.equal((await daemon.fetch(`/_lambdad/traces/${other}`)).status, 404);
});

test('pass-through records nothing and hands on what the caller says', async () => {
  const other = root.replace(/.$/, 'b');
  const given = `Root=${other};Parent=${parent};Sampled=1`;
  assert.match(await headersOf(passing, given), new RegExp(`^${given};Lineage=`));
  assert.match(await headersOf(passing), /^Root=1-[0-9a-f-]{33};Parent=[0-9a-f]{16};Sampled=0;Lineage=/);
  assert.deepEqual(await traces('function=passing'), []);
});

test('a function error is a fault of the function with its cause, and none of the service', async () => {
  const other = root.replace(/.$/, 'c');
  await headersOf(active, `Root=${other};Sampled=1`, { fail: true });
  const trace = await traceWith(other, hasBoth);
  const [ofFunction] = byOrigin(trace, 'AWS::Lambda::Function');
  const failure = { fault: true, cause: { exceptions: [{ type: 'RangeError', message: 'as asked' }] } };
  assert.partialDeepStrictEqual(ofFunction, failure);
  assert.partialDeepStrictEqual(ofFunction?.subsegments?.[0], { name: 'Invocation', ...failure });
  const [service] = byOrigin(trace, 'AWS::Lambda');
  assert.equal(service?.fault, undefined);
  assert.equal(trace.hasFault, true);
});

test('a throttled invocation is an error of the service, and there is no segment of the function', async () => {
  await using small = await TestDaemon.start({ settings: { LAMBDA_LIMITS_CONCURRENT_EXECUTIONS: '0' } });
  const fn = await small.function({ code, TracingConfig: { Mode: 'Active' } });
  await assert.rejects(fn.invoke(), { name: 'TooManyRequestsException' });
  const list = (await (await small.fetch('/_lambdad/traces')).json()) as { traces: TraceSummary[] };
  const [summary, ...more] = list.traces;
  assert.partialDeepStrictEqual(summary, { segments: 1, hasError: true, hasThrottle: true, hasFault: false });
  assert.deepEqual(more, []);
});

test('the report names trace and segment, as do the events of the JSON format', async () => {
  const { log } = await active.invoke({}, { LogType: 'Tail' });
  const [, traceId = '', segmentId] = /\t\nXRAY TraceId: (\S+)\tSegmentId: (\S+)\tSampled: true\t\n$/.exec(log) ?? [];
  const trace = await traceWith(traceId, hasBoth);
  assert.equal(byOrigin(trace, 'AWS::Lambda::Function')[0]?.id, segmentId);
  const json = await daemon.function({
    code,
    TracingConfig: { Mode: 'Active' },
    LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'DEBUG' },
  });
  const lines = (await json.invoke({}, { LogType: 'Tail' })).log.trim().split('\n');
  const tracings = lines
    .map((line) => JSON.parse(line) as { type: string; record: { tracing?: { type: string; spanId: string } } })
    .filter(({ type }) => ['platform.start', 'platform.runtimeDone', 'platform.report'].includes(type))
    .map(({ record }) => record.tracing);
  assert.equal(tracings.length, 3);
  assert.ok(tracings.every((tracing) => tracing?.type === 'X-Amzn-Trace-Id' && /^[0-9a-f]{16}$/.test(tracing.spanId)));
});

test('the real X-Ray SDK sends its subsegments into the trace', async () => {
  const handler = `
    const xray = require('aws-xray-sdk-core');
    exports.handler = async (event) => xray.captureAsyncFunc('outer', async (outer) => {
      outer.addAnnotation('tenant', 'blue');
      await xray.captureAsyncFunc('inner', async (inner) => inner.close());
      outer.close(new Error('only recorded'));
      return process.env._X_AMZN_TRACE_ID;
    });`;
  const bundle = buildSync({
    stdin: { contents: handler, resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  const instrumented = { 'index.js': bundle.outputFiles[0]?.text ?? '' };
  const fn = await daemon.function({ code: instrumented, Timeout: 20, TracingConfig: { Mode: 'Active' } });
  const { payload, log } = await fn.invoke({}, { LogType: 'Tail' });
  assert.doesNotMatch(log, /Missing AWS Lambda trace data|ERROR/);
  const invocationOf = (trace: Trace): Subsegment | undefined =>
    byOrigin(trace, 'AWS::Lambda::Function')[0]?.subsegments?.find(({ name }) => name === 'Invocation');
  const outerOf = (trace: Trace): Subsegment | undefined =>
    invocationOf(trace)?.subsegments?.find(({ name }) => name === 'outer');
  // The SDK sends when the subsegment is closed; a frozen process sends when it runs again.
  const trace = await traceWith(rootOf(String(payload)), (found) => outerOf(found)?.subsegments !== undefined);
  assert.partialDeepStrictEqual(outerOf(trace), {
    annotations: { tenant: 'blue' },
    fault: true,
    cause: { exceptions: [{ message: 'only recorded' }] },
    subsegments: [{ name: 'inner' }],
  });
  assert.equal(trace.documents.length, 2, 'nothing stays beside the two segments');
});

test('traces are found by function and by request id, and forgotten on demand', async () => {
  const { $metadata } = await daemon.lambda.send(new InvokeCommand({ FunctionName: active.name }));
  const requestId = $metadata.requestId ?? '';
  const [found, ...others] = await traces(`requestId=${requestId}`);
  assert.deepEqual([found?.requestIds, others], [[requestId], []]);
  assert.ok((await traces('function=active')).length > 1);
  assert.equal((await traces('limit=1')).length, 1);
  const refused = await daemon.fetch('/_lambdad/traces?limit=all');
  assert.deepEqual(
    [refused.status, await refused.json()],
    [400, { message: 'limit must be a positive number, not "all".' }],
  );
  assert.equal((await daemon.fetch('/_lambdad/traces', { method: 'DELETE' })).status, 204);
  assert.deepEqual(await traces(''), []);
});

test('a change of the tracing mode holds from the next invocation', async () => {
  const fn = await daemon.function({ code });
  assert.match(await headersOf(fn), /Sampled=0/);
  await daemon.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, TracingConfig: { Mode: 'Active' } }),
  );
  while (!(await headersOf(fn)).includes('Sampled=1'));
});

test('another page of the web cannot read traces', async () => {
  const answer = await daemon.fetch('/_lambdad/traces', { headers: { origin: 'https://evil.example' } });
  assert.equal(answer.status, 403);
});

/** InvokeWithResponseStream: each chunk as the function writes it, then how it ended. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { InvokeWithResponseStreamCommand, type InvokeWithResponseStreamResponseEvent } from '@aws-sdk/client-lambda';
import { Gate } from '../kit/gate.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

/** Writes a first chunk, waits until the test lets it go on, writes a second. */
const twoChunks = {
  'index.js': `
    const http = require('node:http');
    const gate = (url) => new Promise((done) => http.get(url, (reply) => reply.resume().on('end', done)));
    exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('first');
      await gate(event.gate);
      stream.write('second');
      stream.end();
    });`,
};

const failing = {
  'index.js': `
    exports.handler = awslambda.streamifyResponse(async ({ before }, stream) => {
      if (!before) stream.write('some');
      throw new TypeError('no more');
    });`,
};

const buffered = { 'index.js': 'exports.handler = async (event) => ({ event });' };

const textOf = (event: InvokeWithResponseStreamResponseEvent | undefined): string =>
  Buffer.from(event?.PayloadChunk?.Payload ?? []).toString();

suite('InvokeWithResponseStream', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const stream = async (name: string, payload: unknown, LogType?: 'Tail') => {
    const output = await lambdad.lambda.send(
      new InvokeWithResponseStreamCommand({
        FunctionName: name,
        Payload: Buffer.from(JSON.stringify(payload)),
        ...(LogType && { LogType }),
      }),
    );
    assert.ok(output.EventStream);
    return { ...output, events: output.EventStream[Symbol.asyncIterator]() };
  };
  const all = async (events: AsyncIterator<InvokeWithResponseStreamResponseEvent>) => {
    const found: InvokeWithResponseStreamResponseEvent[] = [];
    for (let next = await events.next(); next.done !== true; next = await events.next()) found.push(next.value);
    return found;
  };

  test('a chunk arrives while the function still runs', async () => {
    await using gate = await Gate.start();
    const fn = await lambdad.function({ code: twoChunks });
    const { events, StatusCode, ExecutedVersion } = await stream(fn.name, { gate: gate.url });
    assert.deepEqual([StatusCode, ExecutedVersion], [200, '$LATEST']);
    assert.equal(textOf((await events.next()).value), 'first');
    await gate.open();
    const [second, end, ...more] = await all(events);
    assert.equal(textOf(second), 'second');
    assert.deepEqual([end?.InvokeComplete, more], [{}, []]);
  });

  test('the log comes with the last event when it is asked for', async () => {
    const fn = await lambdad.function({ code: buffered });
    const events = await all((await stream(fn.name, { n: 1 }, 'Tail')).events);
    assert.equal(events.slice(0, -1).map(textOf).join(''), '{"event":{"n":1}}');
    const log = Buffer.from(events.at(-1)?.InvokeComplete?.LogResult ?? '', 'base64').toString();
    assert.match(log, /^START RequestId: .*\n(.*\n)*END RequestId: .*\nREPORT /);
  });

  for (const before of [true, false]) {
    test(`an error ${before ? 'before' : 'behind'} the first chunk is in the last event`, async () => {
      const fn = await lambdad.function({ code: failing });
      const events = await all((await stream(fn.name, { before })).events);
      assert.equal(events.slice(0, -1).map(textOf).join(''), before ? '' : 'some');
      const end = events.at(-1)?.InvokeComplete;
      assert.equal(end?.ErrorCode, 'Unhandled');
      const { errorType, errorMessage } = JSON.parse(end?.ErrorDetails ?? '{}') as Record<string, string>;
      assert.deepEqual([errorType, errorMessage], ['TypeError', 'no more']);
    });
  }

  test('a plain Invoke of a function that streams has the whole answer', async () => {
    const fn = await lambdad.function({ code: failing });
    const { functionError, payload } = await fn.invoke({ before: false });
    assert.equal(functionError, 'Unhandled');
    assert.equal((payload as Record<string, string>)['errorType'], 'TypeError');
  });

  test('a caller that leaves in the middle holds nobody up', async () => {
    const endless = `
      exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        for (let n = 0; n < 400; n += 1) {
          if (!stream.write(Buffer.alloc(65536))) await new Promise((done) => stream.once('drain', done));
        }
        stream.end();
      });`;
    const fn = await lambdad.function({ code: { 'index.js': endless }, Timeout: 30 });
    const { events } = await stream(fn.name, {});
    await events.next();
    await events.return?.();
    const output = await all((await stream(fn.name, {})).events);
    const size = output.reduce((sum, { PayloadChunk }) => sum + (PayloadChunk?.Payload?.length ?? 0), 0);
    assert.equal(size, 400 * 65536);
  });

  test('DryRun answers 204', async () => {
    const fn = await lambdad.function({ code: buffered });
    const answer = await lambdad.fetch(`/2021-11-15/functions/${fn.name}/response-streaming-invocations`, {
      method: 'POST',
      headers: { 'x-amz-invocation-type': 'DryRun' },
    });
    assert.equal(answer.status, 204);
  });
});

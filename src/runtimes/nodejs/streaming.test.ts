/** Tests of `awslambda.streamifyResponse` over the Runtime API's streaming protocol. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { TestedFunction } from '../test-kit/tested-function.ts';

const runtime = 'nodejs24.x';

test('a streaming handler answers with a chunked response, errors included', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.mjs': `import { pipeline } from 'node:stream/promises'; import { Readable } from 'node:stream';
        export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
          switch (event.do) {
            case 'text': stream.setContentType('text/plain'); stream.write('one '); await null; stream.write('two'); stream.end(); break;
            case 'http': stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } });
              await pipeline(Readable.from([Buffer.alloc(300_000, 'x')]), stream); break;
            case 'fail first': throw new Error('before');
            case 'fail later': stream.write('half'); await new Promise(setImmediate); throw new RangeError('after');
            default: stream.end();
          }
        });`,
    },
  });
  const text = await fn.invoke({ do: 'text' });
  assert.equal(text.body.toString(), 'one two');
  assert.equal(text.headers['content-type'], 'text/plain');
  assert.equal(text.headers['transfer-encoding'], 'chunked');
  assert.equal(text.headers['lambda-runtime-function-response-mode'], 'streaming');

  const http = await fn.invoke({ do: 'http' });
  assert.equal(http.headers['content-type'], 'application/vnd.awslambda.http-integration-response');
  const end = http.body.indexOf(Buffer.alloc(8));
  assert.deepEqual(JSON.parse(http.body.toString('utf8', 0, end)), { statusCode: 201, headers: { a: 'b' } });
  assert.equal(http.body.length - end - 8, 300_000);

  const before = await fn.invoke({ do: 'fail first' });
  assert.match(before.path, /\/error$/);
  assert.partialDeepStrictEqual(JSON.parse(before.body.toString()), { errorType: 'Error', errorMessage: 'before' });

  const after = await fn.invoke({ do: 'fail later' });
  assert.equal(after.body.toString(), 'half');
  assert.equal(after.trailers['lambda-runtime-function-error-type'], 'RangeError');
  const body = Buffer.from(after.trailers['lambda-runtime-function-error-body'] ?? '', 'base64');
  assert.partialDeepStrictEqual(JSON.parse(body.toString()), { errorType: 'RangeError', errorMessage: 'after' });

  assert.equal((await fn.invoke({ do: 'nothing' })).body.length, 0);
  assert.equal(fn.api.posts.length, 5);
});

test('a stream that is piped to goes on after the handler has returned', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.mjs': `import { Readable } from 'node:stream'; import { createGzip } from 'node:zlib';
        async function* parts() { for (let n = 0; n < 3; n += 1) { await new Promise(setImmediate); yield 'part ' + n + ' '; } }
        export const handler = awslambda.streamifyResponse(async ({ zip }, stream) => {
          const source = Readable.from(parts());
          if (zip) source.pipe(createGzip()).pipe(stream);
          else source.pipe(stream);
        });`,
    },
  });
  assert.equal((await fn.invoke({})).body.toString(), 'part 0 part 1 part 2 ');
  assert.equal(gunzipSync((await fn.invoke({ zip: true })).body).toString(), 'part 0 part 1 part 2 ');
});

test("a handler that is no async function is refused in AWS's words, and one that returns a value is warned", async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `exports.handler = awslambda.streamifyResponse(({ value }, stream) => {
          if (value === undefined) return;
          stream.end('x');
          return Promise.resolve(value);
        });`,
    },
  });
  const refused = await fn.invoke({});
  assert.match(refused.path, /\/error$/);
  assert.partialDeepStrictEqual(JSON.parse(refused.body.toString()), {
    errorType: 'Error',
    errorMessage: 'Streaming does not support non-async handlers.',
  });
  for (const value of [1, 2]) assert.equal((await fn.invoke({ value })).body.toString(), 'x');
  assert.match(await fn.process.stop(), /\tWARN\tStreaming handlers ignore return values\.\n/);
});

test('what is written is text, bytes, or else JSON; the content type is set before', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write({ a: 1 }); stream.write(7); stream.write('');
          stream.write(new Uint8Array([33])); stream.write(new TextEncoder().encode('é'));
          try { stream.setContentType('text/plain'); } catch (error) { stream.write(error.name + ': ' + error.message); }
          stream.end();
        });`,
    },
  });
  const { body, headers } = await fn.invoke({});
  assert.equal(body.toString(), '{"a":1}7!éRuntime.InvalidStreamingOperation: Cannot set content-type, too late.');
  assert.equal(headers['content-type'], 'application/octet-stream');
});

test('a library may bring an HttpResponseStream of its own', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.setContentType('application/vnd.awslambda.http-integration-response');
          stream._onBeforeFirstWrite = (write) => {
            if (event.fail) throw new RangeError('not mine');
            write('{"statusCode":201}');
            write(new Uint8Array(8));
          };
          stream.write('body'); stream.end();
        });`,
    },
  });
  assert.equal((await fn.invoke({})).body.toString(), '{"statusCode":201}\0\0\0\0\0\0\0\0body');
  const { trailers } = await fn.invoke({ fail: true });
  assert.equal(trailers['lambda-runtime-function-error-type'], 'RangeError');
});

test('a stream that breaks, or is destroyed, ends with an error behind what it had sent', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.mjs': `import { pipeline } from 'node:stream/promises'; import { Readable } from 'node:stream';
        async function* breaking() { yield 'some'; await new Promise(setImmediate); throw new RangeError('no more'); }
        export const handler = awslambda.streamifyResponse(async ({ how }, stream) => {
          if (how === 'pipeline') await pipeline(Readable.from(breaking()), stream);
          else { stream.write('some'); await new Promise(setImmediate); stream.destroy(how ? new TypeError(how) : undefined); }
        });`,
    },
  });
  const trailer = async (how: string): Promise<unknown> => {
    const { body, trailers } = await fn.invoke({ how });
    assert.equal(body.toString(), 'some');
    const error = Buffer.from(trailers['lambda-runtime-function-error-body'] ?? '', 'base64');
    const { errorType, errorMessage } = JSON.parse(error.toString()) as Record<string, string>;
    assert.equal(trailers['lambda-runtime-function-error-type'], errorType);
    return [errorType, errorMessage];
  };
  assert.deepEqual(await trailer('pipeline'), ['RangeError', 'no more']);
  assert.deepEqual(await trailer('gone'), ['TypeError', 'gone']);
  assert.deepEqual(await trailer(''), ['Error', 'Response stream is not finished.']);
  assert.equal(fn.api.posts.length, 3);
});

test('a handler that never settles does not keep the next event waiting once its stream has ended', async () => {
  await using fn = await TestedFunction.start({
    runtime,
    files: {
      'index.js': `exports.handler = awslambda.streamifyResponse((event, stream) => {
          stream.end('x');
          return new Promise(() => {});
        });`,
    },
  });
  for (let n = 0; n < 2; n += 1) assert.equal((await fn.invoke({})).body.toString(), 'x');
});

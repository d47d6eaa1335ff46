/** Tests of `awslambda.streamifyResponse` over the Runtime API's streaming protocol. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
            default: return;
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

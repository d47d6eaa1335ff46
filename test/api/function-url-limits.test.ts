/** What a function URL refuses: more than may run at once, and more bytes than an event or an answer may have. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { Gate } from '../kit/gate.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { urlOf } from '../kit/url-of.ts';
import { type UrlAnswer, urlRequest } from '../kit/url-request.ts';

const code = {
  'index.js': `
    const answer = async ({ rawQueryString: asked, body }) => {
      if (asked.startsWith('gate=')) await (await fetch(asked.slice(5))).text();
      return asked.startsWith('size=') ? 'x'.repeat(Number(asked.slice(5))) : String(body?.length);
    };
    exports.handler = answer;
    exports.streaming = awslambda.streamifyResponse(async (event, stream) => {
      const metadata = { statusCode: 201, headers: { 'content-type': 'text/plain' }, cookies: ['a=1', 'b=2'] };
      const body = awslambda.HttpResponseStream.from(stream, metadata);
      body.write(await answer(event));
      body.end();
    });`,
};

/** Of an event and of an answer. Source: Lambda developer guide, "Lambda quotas". */
const limit = 6_291_556;

suite('The limits of function URLs', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const throttled = (answer: UrlAnswer): void => {
    assert.deepEqual([answer.status, answer.text], [429, '{"Message":"Rate Exceeded."}']);
    assert.equal(answer.headers['x-amzn-errortype'], 'TooManyRequestsException');
  };

  for (const InvokeMode of ['BUFFERED', 'RESPONSE_STREAM'] as const) {
    test(`${InvokeMode}: what is over the function's reservation is a 429`, async () => {
      const Handler = InvokeMode === 'BUFFERED' ? 'index.handler' : 'index.streaming';
      const { name } = await lambdad.function({ code, Handler });
      const host = await urlOf(lambdad.lambda, name, 'NONE', { InvokeMode });
      const reserve = (count: number) =>
        lambdad.lambda.send(
          new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: count }),
        );
      await reserve(0);
      throttled(await urlRequest(lambdad.port, host));
      await reserve(1);
      await using gate = await Gate.start();
      const running = urlRequest(lambdad.port, host, { path: `/?gate=${gate.url}` });
      await gate.asked;
      throttled(await urlRequest(lambdad.port, host));
      await gate.open();
      assert.equal((await running).text, 'undefined');
      await lambdad.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: name }));
      assert.equal((await urlRequest(lambdad.port, host)).text, 'undefined');
    });
  }

  test('a request whose event would be too large is a 413: of bytes sooner than of text', async () => {
    const { name } = await lambdad.function({ code });
    const host = await urlOf(lambdad.lambda, name);
    const post = (type: string, size: number): Promise<UrlAnswer> =>
      urlRequest(lambdad.port, host, {
        method: 'POST',
        headers: { 'content-type': type },
        body: Buffer.alloc(size, 'x'),
      });
    const bytes = 'application/octet-stream';
    assert.equal((await post('text/plain', limit - 2000)).text, String(limit - 2000));
    assert.equal((await post(bytes, 4_700_000)).text, String(Math.ceil(4_700_000 / 3) * 4));
    for (const refused of [await post('text/plain', limit), await post(bytes, 4_750_000)]) {
      assert.deepEqual([refused.status, refused.text], [413, '{"Message":"Request Too Long"}']);
      assert.equal(refused.headers['x-amzn-errortype'], 'RequestEntityTooLargeException');
    }
  });

  test('an answer that is kept whole may have six megabytes; one that is streamed more', async () => {
    const { name } = await lambdad.function({ code, Handler: 'index.streaming' });
    const host = await urlOf(lambdad.lambda, name);
    const refused = await urlRequest(lambdad.port, host, { path: `/?size=${limit}` });
    assert.deepEqual([refused.status, refused.text], [502, 'Internal Server Error']);
    const { name: other } = await lambdad.function({ code, Handler: 'index.streaming' });
    const streamed = await urlOf(lambdad.lambda, other, 'NONE', { InvokeMode: 'RESPONSE_STREAM' });
    assert.equal((await urlRequest(lambdad.port, streamed, { path: `/?size=${limit}` })).body.length, limit);
  });

  test('a handler that streams behind a URL that does not: the prelude counts, the body comes whole', async () => {
    const { name } = await lambdad.function({ code, Handler: 'index.streaming' });
    const answer = await urlRequest(lambdad.port, await urlOf(lambdad.lambda, name), { path: '/?size=3' });
    assert.deepEqual([answer.status, answer.text], [201, 'xxx']);
    assert.deepEqual([answer.headers['content-length'], answer.headers['content-type']], ['3', 'text/plain']);
    assert.deepEqual(answer.headers['set-cookie'], ['a=1', 'b=2']);
  });
});

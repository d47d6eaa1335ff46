/** Functions that no one here wrote the insides of, built by their own tools, run by the daemon. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { FunctionOptions, TestFunction } from '../kit/test-function.ts';
import { urlOf } from '../kit/url-of.ts';
import { type UrlAnswer, type UrlRequest, urlRequest } from '../kit/url-request.ts';
import { realFunction } from '../real-input/real-function.ts';
import { type RealFunctionName, realFunctionKinds } from '../real-input/real-function-kind.ts';

async function real(lambdad: TestDaemon, name: RealFunctionName, more: Partial<FunctionOptions> = {}) {
  const { runtime, handler } = realFunctionKinds[name];
  const code = await realFunction(name);
  return lambdad.function({ FunctionName: name, Runtime: runtime, Handler: handler, code, Timeout: 30, ...more });
}

suite('Real functions', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  suite('an Express application behind a function URL', () => {
    let host: string;
    before(async () => {
      const { name } = await real(lambdad, 'express', { MemorySize: 512 });
      host = await urlOf(lambdad.lambda, name);
    });
    const call = (request: UrlRequest = {}): Promise<UrlAnswer> => urlRequest(lambdad.port, host, request);

    test('a page', async () => {
      const { status, headers, text } = await call();
      assert.deepEqual([status, text], [200, '<h1>Shop</h1>']);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['x-powered-by'], 'Express');
    });

    test('a route with a parameter and a query', async () => {
      const { headers, text } = await call({ path: '/products/7?size=l&size=xl&q=%C3%A4' });
      assert.deepEqual(JSON.parse(text), { id: '7', query: { size: ['l', 'xl'], q: 'ä' } });
      assert.equal(headers['cache-control'], 'max-age=60');
    });

    test('JSON that is posted, and cookies that are set', async () => {
      const body = JSON.stringify({ item: 'Käse', count: 2 });
      const answer = await call({
        method: 'POST',
        path: '/orders',
        headers: { 'Content-Type': 'application/json' },
        body,
      });
      assert.equal(answer.status, 201);
      assert.deepEqual(JSON.parse(answer.text), { ordered: { item: 'Käse', count: 2 } });
      assert.deepEqual(answer.headers['set-cookie'], ['order=1; Path=/; HttpOnly', 'seen=yes; Path=/']);
    });

    test('an image comes as its bytes', async () => {
      const { headers, body } = await call({ path: '/pixel.png' });
      assert.equal(headers['content-type'], 'image/png');
      assert.deepEqual(body, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0x00]));
    });

    test('what Express refuses is its own 400 and 500', async () => {
      const headers = { 'Content-Type': 'application/json' };
      assert.equal((await call({ method: 'POST', path: '/orders', headers, body: '{' })).status, 400);
      assert.equal((await call({ path: '/broken' })).status, 500);
    });

    test('sixteen requests at once are all answered', async () => {
      const ids = Array.from({ length: 16 }, (_, n) => String(n));
      const answers = await Promise.all(ids.map((id) => call({ path: `/products/${id}` })));
      assert.deepEqual(
        answers.map(({ text }) => (JSON.parse(text) as { id: string }).id),
        ids,
      );
    });
  });

  suite('a middy handler with the logger of Powertools', () => {
    let fn: TestFunction;
    before(async () => {
      fn = await real(lambdad, 'middy');
    });

    test('its log is JSON with the request of the invocation, cold only once', async () => {
      for (const cold of [true, false]) {
        const { payload, log } = await fn.invoke({ items: ['tea', 'milk'] }, { LogType: 'Tail' });
        assert.deepEqual(payload, { accepted: ['tea', 'milk'] });
        const line = log.split('\n').find((text) => text.startsWith('{')) ?? assert.fail(log);
        assert.partialDeepStrictEqual(JSON.parse(line), {
          level: 'INFO',
          message: 'order received',
          service: 'orders',
          items: 2,
          function_name: 'middy',
          function_memory_size: '128',
          function_arn: 'arn:aws:lambda:us-east-1:000000000000:function:middy',
          function_request_id: /^START RequestId: (\S+)/m.exec(log)?.[1],
          cold_start: cold,
        });
      }
    });

    test('an error out of its middleware is the error of the function', async () => {
      const { functionError, payload } = await fn.invoke({});
      assert.equal(functionError, 'Unhandled');
      assert.partialDeepStrictEqual(payload, { errorType: 'RangeError', errorMessage: 'an order needs items' });
    });
  });

  test('a Python handler imports the packages of its archive, and logs', async () => {
    const fn = await real(lambdad, 'python');
    const event = { title: 'Ölige Straße, 2. Teil', bytes: 2_500_000 };
    const { payload, log } = await fn.invoke(event, { LogType: 'Tail' });
    assert.deepEqual(payload, { slug: 'olige-strasse-2-teil', size: '2.5 MB' });
    assert.match(log, /\n\[INFO\]\t\S+Z\t[0-9a-f-]{36}\tnaming Ölige Straße, 2\. Teil\n/);
    const missing = await fn.invoke({});
    assert.partialDeepStrictEqual(missing.payload, { errorType: 'KeyError', errorMessage: "'title'" });
  });

  test('a Go program built with aws-lambda-go is its own bootstrap', {
    skip: process.platform !== 'linux',
  }, async () => {
    const fn = await real(lambdad, 'go');
    const { payload, log } = await fn.invoke({ item: 'tea', count: 2 }, { LogType: 'Tail' });
    const requestId = /^START RequestId: (\S+)/m.exec(log)?.[1];
    assert.deepEqual(payload, { requestId, function: 'go', text: '2 x tea' });
    assert.match(log, /\nordering tea\nEND /);
    const refused = await fn.invoke({ item: 'tea' });
    assert.equal(refused.functionError, 'Unhandled');
    assert.deepEqual(refused.payload, { errorMessage: 'an order needs a count', errorType: 'errorString' });
  });
});

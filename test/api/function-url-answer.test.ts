/** What a handler returns as the HTTP answer of its function URL. Source: answers of AWS, recorded 2022 to 2026. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { DeleteFunctionCommand, DeleteFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { urlOf } from '../kit/url-of.ts';
import { type UrlAnswer, urlRequest } from '../kit/url-request.ts';

/** Returns the JSON of the body; does what a path says. */
const answering = {
  'index.js': `
    exports.handler = async ({ body, rawPath }) => {
      if (rawPath === '/throw') throw new Error('as asked');
      if (rawPath === '/exit') process.exit(1);
      if (rawPath === '/sleep') await new Promise((done) => setTimeout(done, 60_000));
      return body === undefined ? undefined : JSON.parse(body);
    };`,
};

suite('Answers of a function URL', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let host: string;
  before(async () => {
    lambdad = await TestDaemon.start();
    const { name } = await lambdad.function({ code: answering, Timeout: 1 });
    host = await urlOf(lambdad.lambda, name);
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const returning = (value: unknown): Promise<UrlAnswer> =>
    urlRequest(lambdad.port, host, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(value),
    });

  /** What the handler returns; status, type and body of the answer. */
  const table: Readonly<Record<string, readonly [unknown, number, string, string]>> = {
    'a text is the body, unquoted': ['hello', 200, 'application/json', 'hello'],
    'an object without statusCode is the body, compact': [
      { hello: 'world' },
      200,
      'application/json',
      '{"hello":"world"}',
    ],
    'an object with only a body is the body whole': [{ body: 'x' }, 200, 'application/json', '{"body":"x"}'],
    'a list is the body, compact': [['hello', 3, true], 200, 'application/json', '["hello",3,true]'],
    'a number is the body': [3, 200, 'application/json', '3'],
    'a fraction is the body': [3.1, 200, 'application/json', '3.1'],
    'true is the body': [true, 200, 'application/json', 'true'],
    'null is the body': [null, 200, 'application/json', 'null'],
    'a body of text passes unchanged': [
      { statusCode: 200, body: '{"hello": "world"}' },
      200,
      'application/json',
      '{"hello": "world"}',
    ],
    "status and type are the function's": [
      { statusCode: 418, headers: { 'Content-Type': 'text/plain' }, body: 'a teapot' },
      418,
      'text/plain',
      'a teapot',
    ],
    'a status alone has an empty body': [{ statusCode: 404 }, 404, 'application/json', ''],
    'a redirect': [{ statusCode: 302, headers: { Location: '/there' } }, 302, 'application/json', ''],
  };
  for (const [what, [value, status, type, body]] of Object.entries(table)) {
    test(what, async () => {
      const answer = await returning(value);
      assert.deepEqual([answer.status, answer.headers['content-type'], answer.text], [status, type, body]);
      assert.equal(answer.headers['content-length'], String(Buffer.byteLength(body)));
    });
  }

  test('a handler that returns nothing answers null', async () => {
    const { status, text } = await urlRequest(lambdad.port, host);
    assert.deepEqual([status, text], [200, 'null']);
  });

  test('a body in base64 goes out as bytes', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]);
    const answer = await returning({
      statusCode: 200,
      headers: { 'content-type': 'image/png' },
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    });
    assert.deepEqual(answer.body, bytes);
    assert.equal(answer.headers['content-type'], 'image/png');
  });

  test('each cookie is a Set-Cookie of its own', async () => {
    const cookies = ['a=1; Path=/; HttpOnly', 'b=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT'];
    assert.deepEqual((await returning({ statusCode: 200, cookies })).headers['set-cookie'], cookies);
  });

  test('the answer has a request id and a trace', async () => {
    const { headers } = await returning('x');
    assert.match(String(headers['x-amzn-requestid']), /^[0-9a-f-]{36}$/);
    assert.match(String(headers['x-amzn-trace-id']), /^Root=1-/);
  });

  for (const path of ['/throw', '/exit', '/sleep']) {
    test(`${path.slice(1)} in the handler is a 502`, async () => {
      const { status, text, headers } = await urlRequest(lambdad.port, host, { path });
      assert.deepEqual([status, text, headers['content-type']], [502, 'Internal Server Error', 'application/json']);
    });
  }

  test('an answer that HTTP does not allow is a 502', async () => {
    for (const value of [
      { statusCode: 'abc' },
      { statusCode: 99 },
      { statusCode: 200, headers: { 'bad name': 'x' } },
      { statusCode: 200, headers: { 'x-injected': 'a\r\nSet-Cookie: b' } },
    ]) {
      const { status } = await returning(value);
      assert.equal(status, 502, JSON.stringify(value));
    }
  });

  test('a body beyond the limit is a 413', async () => {
    const { status } = await urlRequest(lambdad.port, host, { method: 'POST', body: Buffer.alloc(7 << 20) });
    assert.equal(status, 413);
  });

  test('a deleted URL and the URL of a deleted function are denied', async () => {
    const one = await lambdad.function({ code: echo });
    const other = await lambdad.function({ code: echo });
    const hosts = [await urlOf(lambdad.lambda, one.name), await urlOf(lambdad.lambda, other.name)];
    await lambdad.lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: one.name }));
    await lambdad.lambda.send(new DeleteFunctionCommand({ FunctionName: other.name }));
    for (const gone of hosts) assert.equal((await urlRequest(lambdad.port, gone)).status, 403);
  });

  test('a page that may call the URL still may not call the API', async () => {
    const { status } = await urlRequest(lambdad.port, 'localhost', {
      path: '/2015-03-31/functions',
      headers: { Origin: 'https://example.org' },
    });
    assert.equal(status, 403);
  });
});

/** Applications of Hono and Fastify that stream through their own Lambda adapters, read by fetch, curl and the AWS SDK. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, suite, test } from 'node:test';
import { InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { Gate } from '../kit/gate.ts';
import { findLocalhostNames } from '../kit/localhost-names.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { urlOf } from '../kit/url-of.ts';
import { realFunction } from '../real-input/real-function.ts';
import { realFunctionKinds } from '../real-input/real-function-kind.ts';

const frameworks = [
  { name: 'hono', first: 'event: tick\ndata: first\nid: 1\n\n', second: 'event: tick\ndata: second\nid: 2\n\n' },
  { name: 'fastify', first: 'first', second: 'second' },
] as const;

suite('Frameworks that stream', () => {
  let lambdad: TestDaemon;
  let names: Disposable;
  before(async () => {
    names = findLocalhostNames();
    lambdad = await TestDaemon.start();
  });
  after(async () => {
    await lambdad[Symbol.asyncDispose]();
    names[Symbol.dispose]();
  });

  for (const { name, first, second } of frameworks) {
    suite(name, { concurrency: true }, () => {
      let host: string;
      before(async () => {
        const { runtime, handler } = realFunctionKinds[name];
        const options = { FunctionName: name, Runtime: runtime, Handler: handler, MemorySize: 512, Timeout: 30 };
        await lambdad.function({ ...options, code: await realFunction(name) });
        host = await urlOf(lambdad.lambda, name, 'NONE', { InvokeMode: 'RESPONSE_STREAM' });
      });
      const call = (path: string, init: RequestInit = {}): Promise<Response> =>
        fetch(`http://${host}:${lambdad.port}${path}`, init);

      test('a page', async () => {
        const answer = await call('/');
        assert.deepEqual([answer.status, await answer.text()], [200, '<h1>Shop</h1>']);
        assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
      });

      test('JSON that is posted, a status, a header and two cookies', async () => {
        const headers = { 'content-type': 'application/json' };
        const answer = await call('/orders', { method: 'POST', headers, body: '{"item":"Käse"}' });
        assert.deepEqual([answer.status, await answer.json()], [201, { ordered: { item: 'Käse' } }]);
        assert.equal(answer.headers.get('x-shop'), 'tea');
        assert.equal(answer.headers.getSetCookie().length, 2);
      });

      test('fetch reads the first part while the application still writes', async () => {
        await using gate = await Gate.start();
        const answer = await call(`/ticks?gate=${encodeURIComponent(gate.url)}`);
        const parts = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
        assert.equal((await parts?.read())?.value, first);
        await gate.open();
        assert.equal((await parts?.read())?.value, second);
        assert.equal((await parts?.read())?.done, true);
      });

      test('curl --no-buffer prints the first part while the application still writes', async () => {
        await using gate = await Gate.start();
        const url = `http://${host}:${lambdad.port}/ticks?gate=${encodeURIComponent(gate.url)}`;
        const curl = spawn('curl', ['--silent', '--show-error', '--no-buffer', url]);
        let printed = '';
        curl.stdout.setEncoding('utf8').on('data', (text: string) => {
          printed += text;
        });
        while (printed.length < first.length) await once(curl.stdout, 'data');
        assert.equal(printed, first);
        await gate.open();
        assert.deepEqual(await once(curl, 'close'), [0, null]);
        assert.equal(printed, first + second);
      });

      test('eight megabytes, more than an answer that is kept whole may have', async () => {
        const answer = await call(`/bytes?size=${8 * 1024 * 1024}`);
        assert.equal(answer.headers.get('content-type'), 'application/x-tea');
        const bytes = Buffer.from(await answer.arrayBuffer());
        assert.equal(bytes.length, 8 * 1024 * 1024);
        assert.ok(bytes.every((byte) => byte === 7));
      });

      test('an answer without a body', async () => {
        const answer = await call('/nothing');
        assert.deepEqual([answer.status, await answer.text()], [204, '']);
      });

      test('what the framework itself makes of an error', async () => {
        assert.equal((await call('/broken')).status, 500);
        assert.equal((await call('/nowhere')).status, 404);
      });

      test('the SDK reads the prelude as a part of the stream, as AWS hands it out', async () => {
        const event = {
          version: '2.0',
          rawPath: '/',
          rawQueryString: '',
          headers: { host: 'shop.example' },
          requestContext: { http: { method: 'GET', path: '/' }, domainName: 'shop.example' },
          isBase64Encoded: false,
        };
        const { EventStream = [] } = await lambdad.lambda.send(
          new InvokeWithResponseStreamCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
        );
        let text = '';
        for await (const { PayloadChunk } of EventStream) text += Buffer.from(PayloadChunk?.Payload ?? []).toString();
        const [prelude = '', body] = text.split('\0'.repeat(8));
        assert.partialDeepStrictEqual(JSON.parse(prelude), { statusCode: 200 });
        assert.equal(body, '<h1>Shop</h1>');
      });
    });
  }
});

/** Function URLs with InvokeMode RESPONSE_STREAM. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { CreateFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import { Gate } from '../kit/gate.ts';
import { TestDaemon } from '../kit/test-daemon.ts';

const streaming = (body: string) => ({
  'index.js': `
    const http = require('node:http');
    const gate = (url) => new Promise((done) => http.get(url, (reply) => reply.resume().on('end', done)));
    exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${body} });`,
});

suite('a function URL that streams', () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  /** Creates a function with a streaming URL and asks for it. */
  async function ask(code: Readonly<Record<string, string>>, path = '/'): Promise<IncomingMessage> {
    const fn = await lambdad.function({ code, Timeout: 20 });
    const { FunctionUrl = '' } = await lambdad.lambda.send(
      new CreateFunctionUrlConfigCommand({ FunctionName: fn.name, AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' }),
    );
    const host = new URL(FunctionUrl).hostname;
    const [response] = (await once(
      get({ host: '127.0.0.1', port: lambdad.port, path, headers: { host } }),
      'response',
    )) as [IncomingMessage];
    return response;
  }

  test('a chunk reaches the caller while the function still runs', async () => {
    await using gate = await Gate.start();
    const code = streaming(`stream.write('first'); await gate('${gate.url}'); stream.write('second'); stream.end();`);
    const response = await ask(code);
    assert.equal(response.headers['content-type'], 'application/octet-stream');
    const [first] = (await once(response, 'data')) as [Buffer];
    assert.equal(first.toString(), 'first');
    await gate.open();
    assert.equal((await buffer(response)).toString(), 'second');
  });

  test('status, headers and cookies come before the body', async () => {
    const response = await ask(
      streaming(`
        const http = awslambda.HttpResponseStream.from(stream,
          { statusCode: 418, headers: { 'Content-Type': 'text/plain', 'x-own': 'yes' }, cookies: ['a=1', 'b=2'] });
        http.write('short and stout'); http.end();`),
    );
    assert.equal(response.statusCode, 418);
    const { 'content-type': type, 'x-own': own, 'set-cookie': cookies } = response.headers;
    assert.deepEqual([type, own, cookies], ['text/plain', 'yes', ['a=1', 'b=2']]);
    assert.equal((await buffer(response)).toString(), 'short and stout');
  });

  test('an error before the first byte is a 502', async () => {
    const response = await ask(streaming(`throw new Error('no');`));
    assert.equal(response.statusCode, 502);
    assert.equal((await buffer(response)).toString(), 'Internal Server Error');
  });

  test('an error in the middle breaks the answer off', async () => {
    const response = await ask(
      streaming(`stream.write('some'); await new Promise((done) => setTimeout(done, 50)); throw new Error('no');`),
    );
    assert.equal(response.statusCode, 200);
    await assert.rejects(buffer(response), { code: 'ECONNRESET' });
  });

  test('a prelude that is not JSON is a 502', async () => {
    const response = await ask(
      streaming(`
        stream.setContentType('application/vnd.awslambda.http-integration-response');
        stream.write('{nonsense'); stream.write(Buffer.alloc(8)); stream.write('body'); stream.end();`),
    );
    assert.equal(response.statusCode, 502);
  });

  test('a function that does not stream is answered with its result as it is', async () => {
    const response = await ask({ 'index.js': `exports.handler = async () => ({ statusCode: 201, body: 'x' });` });
    assert.equal(response.statusCode, 200);
    assert.equal((await buffer(response)).toString(), '{"statusCode":201,"body":"x"}');
  });
});

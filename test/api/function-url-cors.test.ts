/**
 * Cors of a function URL. Source: Lambda developer guide, "Creating and managing Lambda function URLs", "Cross-origin
 * resource sharing (CORS)": preflights are answered by the service, other answers carry its headers beside the function's.
 */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  type Cors,
  CreateFunctionUrlConfigCommand,
  type InvokeMode,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { signedRequest } from '../kit/signed-request.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { type UrlAnswer, type UrlRequest, urlRequest } from '../kit/url-request.ts';

const origin = 'https://app.example.com';

/** Says which method it saw, with CORS headers of its own. */
const answering = {
  'index.js': `exports.handler = async ({ requestContext }) => ({
    statusCode: 200,
    headers: { 'Access-Control-Allow-Origin': '*', 'X-Own': 'yes' },
    body: requestContext.http.method,
  });`,
};

const streaming = {
  'index.js': `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
    awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'X-Own': 'yes' } }).end('streamed');
  });`,
};

const failing = { 'index.js': "exports.handler = async () => { throw new Error('no'); };" };

suite('CORS of function URLs', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  before(async () => {
    lambdad = await TestDaemon.start();
  });
  after(() => lambdad[Symbol.asyncDispose]());

  interface Url {
    readonly name: string;
    call(request: UrlRequest): Promise<UrlAnswer>;
  }

  async function urlOf(
    code: Readonly<Record<string, string>>,
    config: { Cors?: Cors; AuthType?: 'NONE' | 'AWS_IAM'; InvokeMode?: InvokeMode },
  ): Promise<Url> {
    const { name } = await lambdad.function({ code });
    const { FunctionUrl = '' } = await lambdad.lambda.send(
      new CreateFunctionUrlConfigCommand({ FunctionName: name, AuthType: 'NONE', ...config }),
    );
    const { hostname } = new URL(FunctionUrl);
    return { name, call: (request) => urlRequest(lambdad.port, hostname, request) };
  }

  /** The headers that concern CORS. */
  const ofCors = ({ headers }: UrlAnswer): Record<string, unknown> =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => /^(access-control-|vary$)/.test(name)));

  test('a preflight is answered without the function, which fails at everything', async () => {
    const url = await urlOf(failing, {
      Cors: {
        AllowOrigins: ['https://*.example.com'],
        AllowMethods: ['PUT', 'DELETE'],
        AllowHeaders: ['content-type', 'x-custom'],
        AllowCredentials: true,
        MaxAge: 60,
      },
    });
    const headers = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-custom' };
    const preflight = await url.call({ method: 'OPTIONS', path: '/any/path', headers });
    assert.deepEqual([preflight.status, preflight.text], [200, '']);
    assert.deepEqual(ofCors(preflight), {
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'PUT,DELETE',
      'access-control-allow-headers': 'content-type,x-custom',
      'access-control-max-age': '60',
      vary: 'Origin',
    });
    assert.ok(preflight.headers['x-amzn-requestid']);
    const foreign = await url.call({ method: 'OPTIONS', headers: { ...headers, origin: 'https://evil.example' } });
    assert.deepEqual([foreign.status, ofCors(foreign)], [200, { vary: 'Origin' }]);
    // A page may read also that the function failed.
    const failed = await url.call({ method: 'PUT', headers: { origin } });
    assert.deepEqual([failed.status, failed.headers['access-control-allow-origin']], [502, origin]);
  });

  test("other answers carry the URL's headers beside the function's own, as AWS warns", async () => {
    const url = await urlOf(answering, { Cors: { AllowOrigins: ['*'], ExposeHeaders: ['x-own', 'date'] } });
    const answer = await url.call({ headers: { origin } });
    assert.deepEqual([answer.text, answer.headers['x-own']], ['GET', 'yes']);
    assert.deepEqual(ofCors(answer), {
      'access-control-allow-origin': '*, *',
      'access-control-expose-headers': 'x-own,date',
    });
  });

  test('without Cors, and when it is taken away, OPTIONS and all headers are those of the function', async () => {
    const url = await urlOf(answering, {});
    const asFunctionSays = async (): Promise<void> => {
      const answer = await url.call({ method: 'OPTIONS', headers: { origin } });
      assert.deepEqual([answer.text, ofCors(answer)], ['OPTIONS', { 'access-control-allow-origin': '*' }]);
    };
    await asFunctionSays();
    const change = (Cors: Cors) =>
      lambdad.lambda.send(new UpdateFunctionUrlConfigCommand({ FunctionName: url.name, Cors }));
    await change({ AllowOrigins: [origin] });
    assert.equal((await url.call({ method: 'OPTIONS', headers: { origin } })).text, '');
    await change({});
    await asFunctionSays();
  });

  test('a streamed answer carries them too', async () => {
    const url = await urlOf(streaming, { Cors: { AllowOrigins: [origin] }, InvokeMode: 'RESPONSE_STREAM' });
    const answer = await url.call({ headers: { origin } });
    assert.deepEqual([answer.status, answer.text, answer.headers['x-own']], [201, 'streamed', 'yes']);
    assert.deepEqual(ofCors(answer), { 'access-control-allow-origin': origin, vary: 'Origin' });
  });

  test('browsers sign no preflight: it passes where calls must be signed, and the refusal can be read', async () => {
    const url = await urlOf(answering, { Cors: { AllowOrigins: [origin] }, AuthType: 'AWS_IAM' });
    assert.equal((await url.call({ method: 'OPTIONS', headers: { origin } })).status, 200);
    const refused = await url.call({ headers: { origin } });
    assert.deepEqual(
      [refused.status, ofCors(refused)],
      [403, { 'access-control-allow-origin': origin, vary: 'Origin' }],
    );
    const { host: _, ...signed } = (await signedRequest({ host: 'another.test' })).headers;
    const wrong = await url.call({ headers: { ...signed, origin } });
    assert.deepEqual([wrong.status, wrong.headers['access-control-allow-origin']], [403, origin]);
  });
});

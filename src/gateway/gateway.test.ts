import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnsweringServer } from '../../test/kit/answering-server.ts';
import { eventually } from '../../test/kit/eventually.ts';
import { type ExchangeRequest, exchange } from '../../test/kit/http-exchange.ts';
import { RawConnection } from '../../test/kit/raw-connection.ts';
import type { Call } from '../aws/call.ts';
import { lambda } from '../aws/generated/lambda.ts';
import { notYet } from '../aws/operation-table.ts';
import { compileRestJson } from '../aws/protocol/rest-json/rest-json-service.ts';
import { ServiceError } from '../aws/service-error.ts';
import { AccessKeys } from '../aws/sigv4/access-keys.ts';
import { SignatureVerifier } from '../aws/sigv4/signature-verifier.ts';
import type { Logger } from '../kernel/logger.ts';
import { systemRandom } from '../kernel/random.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { json } from './endpoint.ts';
import { FunctionUrlEdge } from './function-url/function-url-edge.ts';
import { UrlAuthentication } from './function-url/url-authentication.ts';
import { Gateway } from './gateway.ts';
import { HostNames } from './host-name.ts';
import { InternalEndpoints } from './internal-endpoints.ts';
import { OriginGuard } from './origin-guard.ts';
import { type AnyOperation, ServiceApi } from './service-api.ts';
import { RequestForwarder } from './services/request-forwarder.ts';
import { ServiceEdge } from './services/service-edge.ts';

const invokePath = '/2015-03-31/functions/greeter/invocations';

async function start() {
  const clock = new VirtualClock();
  const faults: string[] = [];
  const logger: Logger = { debug() {}, info() {}, warn() {}, error: (message) => void faults.push(message) };
  const calls: { readonly input: unknown; readonly call: Call }[] = [];
  const service = compileRestJson(lambda);
  const hosts = new HostNames('localhost.localstack.cloud');
  const operations: Record<string, AnyOperation | typeof notYet> = {
    Invoke: (input: { readonly FunctionName: string; readonly Payload?: Buffer }, call: Call) => {
      calls.push({ input, call });
      return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: input.Payload };
    },
    GetFunction: () => {
      throw new ServiceError('ResourceNotFoundException', 'Function not found: x');
    },
    ListFunctions: () => Promise.reject(new Error('a fault of ours')),
    DeleteFunction: (_input: unknown, call: Call) =>
      new Promise((_resolve, reject) => {
        calls.push({ input: undefined, call });
        call.signal.addEventListener('abort', () => reject(new Error('the client is gone')));
      }),
    PublishVersion: notYet,
  };
  const gateway = new Gateway({
    hosts,
    origins: new OriginGuard(hosts, ['https://app.example']),
    functionUrls: new FunctionUrlEdge({
      directory: (urlId) => ({
        urlId,
        scope: calls[0]?.call.scope ?? unused,
        functionName: 'f',
        qualifier: undefined,
        authType: 'NONE',
        invokeMode: 'BUFFERED',
        cors: undefined,
      }),
      authentication: new UrlAuthentication(new SignatureVerifier({ keys: new AccessKeys(new Map()), clock })),
      mayUse: () => true,
      invoke: async () => ({
        kind: 'answered',
        result: 'succeeded',
        payload: Buffer.from('"url"'),
        contentType: undefined,
      }),
      clock,
      random: systemRandom,
      logger,
      traceHeaderOf: () => 'Root=1',
      maxEvent: 1000,
    }),
    internal: new InternalEndpoints([
      ({ path }) => (path === '/_lambdad/hello' ? json({ hello: true }) : undefined),
      async (request) => (request.path === '/_lambdad/echo' ? { status: 200, body: await request.body() } : undefined),
    ]),
    lambda: new ServiceApi({ service, operations, bodyLimit: () => 1000, clock, random: systemRandom, logger }),
    services: new ServiceEdge({
      backendOf: (name) => ({ kind: 'absent', reason: `no ${name} here` }),
      forwarder: new RequestForwarder({ logger }),
      clock,
    }),
    service,
    clock,
    logger,
  });
  const server = await AnsweringServer.start(gateway.serve);
  return {
    clock,
    calls,
    faults,
    address: server.address,
    send: (request?: ExchangeRequest) => exchange(server.address, request),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await eventually(() => clock.waiting === 0, 'no timer is left');
    },
  };
}

const unused = { partition: 'aws', account: '000000000000', region: 'us-east-1' } as unknown as Call['scope'];

test('an operation gets its input, the scope of the signature and the trace; its output comes back with a request id', async () => {
  await using gateway = await start();
  const { status, headers, body } = await gateway.send({
    method: 'POST',
    path: `${invokePath}?Qualifier=live`,
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-1/lambda/aws4_request, Signature=0',
      'x-amzn-trace-id': 'Root=1-2-3',
    },
    body: '{"n":1}',
  });
  assert.deepEqual([status, body, headers['x-amz-executed-version']], [200, '{"n":1}', '$LATEST']);
  const [made] = gateway.calls;
  assert.deepEqual(made?.input, { FunctionName: 'greeter', Qualifier: 'live', Payload: Buffer.from('{"n":1}') });
  assert.deepEqual(made?.call.scope, { partition: 'aws', account: '123456789012', region: 'eu-west-1' });
  assert.equal(made?.call.requestId, headers['x-amzn-requestid']);
  assert.equal(made?.call.traceHeader, 'Root=1-2-3');
});

test('an error of the service is its answer; a fault of ours is a 500 that tells nothing but the request id', async () => {
  await using gateway = await start();
  const missing = await gateway.send({ path: '/2015-03-31/functions/x' });
  assert.deepEqual([missing.status, missing.headers['x-amzn-errortype']], [404, 'ResourceNotFoundException']);
  assert.deepEqual(JSON.parse(missing.body), { Type: 'User', Message: 'Function not found: x' });
  assert.deepEqual(gateway.faults, []);
  const fault = await gateway.send({ path: '/2015-03-31/functions' });
  assert.deepEqual([fault.status, fault.headers['x-amzn-errortype']], [500, 'ServiceException']);
  assert.doesNotMatch(fault.body, /a fault of ours/);
  assert.match(fault.body, new RegExp(String(fault.headers['x-amzn-requestid'])));
  assert.deepEqual(gateway.faults, ["ListFunctions failed, and it is the daemon's fault"]);
});

test('an operation that is not there yet is a 501 that names it, an unknown path a 404', async () => {
  await using gateway = await start();
  for (const [method, path, name] of [
    ['POST', '/2015-03-31/functions/greeter/versions', 'PublishVersion'],
    ['GET', '/2015-03-31/functions/greeter/aliases', 'ListAliases'],
  ] as const) {
    const { status, body } = await gateway.send({ method, path });
    assert.equal(status, 501);
    assert.match(body, new RegExp(`^{"message":"${name} is not implemented`));
  }
  for (const path of [
    '/',
    '/2015-03-31/nowhere',
    '/2015-03-31/functions/a/b/c/d',
    '/%ZZ',
    '//',
    '/2015-03-31/functions/%ZZ/x',
  ]) {
    const { status, headers } = await gateway.send({ path });
    assert.deepEqual([path, status, headers['x-amzn-errortype']], [path, 404, 'UnknownOperationException']);
  }
  assert.equal((await gateway.send({ path: '/2015-03-31/functions/%ZZ' })).status < 500, true);
});

test('a body over the limit is refused, announced or chunked, in the words of the operation', async () => {
  await using gateway = await start();
  const body = Buffer.alloc(1001);
  for (const headers of [{}, { 'Transfer-Encoding': 'chunked' }]) {
    const { status, headers: answered } = await gateway.send({ method: 'POST', path: invokePath, headers, body });
    assert.deepEqual([status, answered['x-amzn-errortype']], [413, 'RequestTooLargeException']);
  }
  assert.equal(gateway.calls.length, 0);
  assert.equal((await gateway.send({ method: 'POST', path: invokePath, body: '1' })).status, 200);
});

test('a body that never ends, one that is cut off, and bytes that are no HTTP leave the gateway serving', async () => {
  await using gateway = await start();
  const head = `POST ${invokePath} HTTP/1.1\r\nHost: localhost\r\n`;
  using endless = await RawConnection.open(gateway.address);
  await endless.write(`${head}Content-Length: 100\r\n\r\nsome`);
  const cut = await RawConnection.open(gateway.address);
  await cut.write(`${head}Content-Length: 100\r\n\r\nsome`);
  cut[Symbol.dispose]();
  using garbage = await RawConnection.open(gateway.address);
  await garbage.write('\x16\x03\x01\x02\x00 hello\r\n\r\n');
  await garbage.closed;
  assert.equal((await gateway.send({ method: 'POST', path: invokePath, body: '1' })).status, 200);
  assert.equal(gateway.calls.length, 1);
  assert.deepEqual(gateway.faults, []);
});

test('an operation hears that its client has gone', async () => {
  await using gateway = await start();
  const leaving = await RawConnection.open(gateway.address);
  await leaving.write('DELETE /2015-03-31/functions/greeter HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => gateway.calls.length === 1, 'the operation runs');
  const { signal } = gateway.calls[0]?.call ?? {};
  assert.equal(signal?.aborted, false);
  leaving[Symbol.dispose]();
  await eventually(() => signal?.aborted === true, 'it hears');
});

test('a foreign host and a foreign origin are refused before anything runs', async () => {
  await using gateway = await start();
  const post = { method: 'POST', path: invokePath, body: '1' };
  for (const headers of [
    { host: 'evil.com' },
    { host: 'localhost.evil.com:4566' },
    { origin: 'https://evil.com' },
    { origin: 'null' },
    { origin: 'http://203.0.113.5' },
    { 'sec-fetch-site': 'cross-site' },
  ]) {
    const { status, headers: answered } = await gateway.send({ ...post, headers });
    assert.deepEqual([status, answered['x-amzn-errortype']], [403, 'AccessDeniedException'], JSON.stringify(headers));
    assert.equal(answered['access-control-allow-origin'], undefined);
    assert.equal((await gateway.send({ path: '/_lambdad/hello', headers })).status, 403);
    assert.equal((await gateway.send({ method: 'OPTIONS', path: invokePath, headers })).status, 403);
  }
  assert.equal(gateway.calls.length, 0);
});

test('an allowed page may ask first, and reads the answer', async () => {
  await using gateway = await start();
  const origin = 'https://app.example';
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const preflight = await gateway.send({ method: 'OPTIONS', path: invokePath, headers });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers['access-control-allow-origin'], origin);
  assert.equal(preflight.headers['access-control-allow-headers'], 'authorization');
  const answer = await gateway.send({ method: 'POST', path: invokePath, headers: { origin }, body: '1' });
  assert.deepEqual([answer.status, answer.headers['access-control-allow-origin']], [200, origin]);
  const internal = await gateway.send({ path: '/_lambdad/hello', headers: { origin } });
  assert.equal(internal.headers['access-control-allow-origin'], origin);
});

test('a function URL answers any origin, and only at its own host', async () => {
  await using gateway = await start();
  const headers = { host: 'abc.lambda-url.us-east-1.localhost:4566', origin: 'https://evil.com' };
  assert.deepEqual((await gateway.send({ headers })).body, 'url');
});

test('internal endpoints answer under /_, say what they do not have, and take no large body', async () => {
  await using gateway = await start();
  assert.equal((await gateway.send({ path: '/_lambdad/hello?x' })).body, '{"hello":true}');
  assert.deepEqual((await gateway.send({ method: 'HEAD', path: '/_lambdad/hello' })).headers['content-length'], '14');
  assert.equal((await gateway.send({ path: '/_nowhere' })).status, 404);
  assert.equal((await gateway.send({ method: 'POST', path: '/_lambdad/echo', body: 'hi' })).body, 'hi');
  const large = await gateway.send({ method: 'POST', path: '/_lambdad/echo', body: Buffer.alloc(1024 * 1024 + 1) });
  assert.equal(large.status, 413);
  assert.deepEqual(gateway.faults, []);
});

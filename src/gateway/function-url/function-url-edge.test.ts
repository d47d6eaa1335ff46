import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnsweringServer } from '../../../test/kit/answering-server.ts';
import { eventually } from '../../../test/kit/eventually.ts';
import { exchange } from '../../../test/kit/http-exchange.ts';
import { RawConnection } from '../../../test/kit/raw-connection.ts';
import { signedRequest } from '../../../test/kit/signed-request.ts';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { ServiceError } from '../../aws/service-error.ts';
import { AccessKeys } from '../../aws/sigv4/access-keys.ts';
import { SignatureVerifier } from '../../aws/sigv4/signature-verifier.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { systemRandom } from '../../kernel/random.ts';
import { VirtualClock } from '../../kernel/virtual-clock.ts';
import { FunctionUrlEdge } from './function-url-edge.ts';
import { UrlAuthentication } from './url-authentication.ts';
import type { UrlInvocation, UrlOutcome, UrlTarget } from './url-target.ts';

const open: UrlTarget = {
  urlId: 'open',
  scope: scopeOf(accountId('123456789012'), region('us-east-1')),
  functionName: 'greeter',
  qualifier: undefined,
  authType: 'NONE',
  invokeMode: 'BUFFERED',
  cors: undefined,
};

async function start(invoke: (invocation: UrlInvocation) => Promise<UrlOutcome>) {
  const clock = new VirtualClock();
  const invocations: UrlInvocation[] = [];
  const edge = new FunctionUrlEdge({
    directory: (urlId) =>
      urlId === 'gone'
        ? undefined
        : {
            ...open,
            urlId,
            authType: urlId === 'iam' ? 'AWS_IAM' : 'NONE',
            cors: urlId === 'cors' ? { AllowOrigins: ['https://app.example'], ExposeHeaders: ['x-a'] } : undefined,
          },
    authentication: new UrlAuthentication(new SignatureVerifier({ keys: new AccessKeys(new Map()), clock })),
    mayUse: ({ urlId }) => urlId !== 'denied',
    invoke: (invocation) => {
      invocations.push(invocation);
      return invoke(invocation);
    },
    clock,
    random: systemRandom,
    logger: silentLogger,
    traceHeaderOf: (given) => given ?? 'Root=1-new',
    maxEvent: 10_000,
  });
  const server = await AnsweringServer.start((request, response) => {
    const urlId = String(request.headers['x-url'] ?? 'open');
    void edge.serve(request, response, { urlId, region: 'us-east-1', domainName: `${urlId}.lambda-url.test` });
  });
  return {
    clock,
    invocations,
    address: server.address,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await eventually(() => clock.waiting === 0, 'no timer is left');
    },
  };
}

const answered =
  (payload: string, result: 'succeeded' | 'failed' = 'succeeded') =>
  async (): Promise<UrlOutcome> => ({
    kind: 'answered',
    result,
    payload: Buffer.from(payload),
    contentType: 'application/json',
  });

test("the function's answer goes out, with the request id and the trace of the invocation", async () => {
  await using url = await start(
    answered('{"statusCode":201,"headers":{"x-a":"b"},"cookies":["c=1","d=2"],"body":"hi"}'),
  );
  const { status, headers, body } = await exchange(url.address, {
    method: 'PUT',
    path: '/x?y=1',
    headers: { 'x-amzn-trace-id': 'Root=1-given' },
    body: 'sent',
  });
  assert.deepEqual([status, headers['x-a'], headers['set-cookie'], body], [201, 'b', ['c=1', 'd=2'], 'hi']);
  const [invocation] = url.invocations;
  assert.equal(headers['x-amzn-requestid'], invocation?.requestId);
  assert.equal(headers['x-amzn-trace-id'], 'Root=1-given');
  const event = JSON.parse(invocation?.payload.toString() ?? '') as { rawPath: string; body: string };
  assert.deepEqual([event.rawPath, Buffer.from(event.body, 'base64').toString()], ['/x', 'sent']);
});

test('a function error, a bad answer and a header that HTTP does not allow are a 502', async () => {
  for (const outcome of [
    answered('{"errorType":"Error"}', 'failed'),
    answered('{"statusCode":999}'),
    answered('{"statusCode":200,"headers":{"bad name":"x"}}'),
    answered('{"statusCode":200,"headers":{"x":"a\\r\\nInjected: yes"}}'),
    answered('{"statusCode":200,"cookies":["a=\\u0000"]}'),
    async () => ({ kind: 'stopped' }) as const,
    () => Promise.reject(new Error('a fault of ours')),
  ]) {
    await using url = await start(outcome);
    const { status, body, headers } = await exchange(url.address);
    assert.deepEqual([status, body, headers['injected']], [502, 'Internal Server Error', undefined]);
  }
});

test('a throttled invocation is a 429, a function that is gone a 403, one that is not ready a 502', async () => {
  await using throttled = await start(async () => ({ kind: 'throttled' }));
  assert.equal((await exchange(throttled.address)).status, 429);
  await using gone = await start(() => Promise.reject(new ServiceError('ResourceNotFoundException', 'no')));
  const { status, body } = await exchange(gone.address);
  assert.equal(status, 403);
  assert.match(body, /^{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: /);
  await using pending = await start(() => Promise.reject(new ServiceError('ResourceConflictException', 'Pending')));
  assert.equal((await exchange(pending.address)).status, 502);
});

test('an unknown URL, one that wants a signature and one that nobody may use refuse, and need no body for it', async () => {
  await using url = await start(answered('null'));
  const unknown = await exchange(url.address, {
    method: 'POST',
    headers: { 'x-url': 'gone' },
    body: 'x'.repeat(50_000),
  });
  assert.deepEqual([unknown.status, unknown.body], [403, '{"Message":null}']);
  assert.equal(unknown.headers['x-amzn-errortype'], 'AccessDeniedException');
  const unsigned = await exchange(url.address, { headers: { 'x-url': 'iam' } });
  assert.equal(unsigned.status, 403);
  const denied = await exchange(url.address, { headers: { 'x-url': 'denied' } });
  assert.deepEqual([denied.status, denied.body], [403, unsigned.body]);
  assert.equal(url.invocations.length, 0);
});

test('a URL that wants a signature takes one that is right, and says what is wrong with another', async () => {
  await using url = await start(answered('null'));
  const signingDate = new Date(url.clock.now());
  const given = { host: 'iam.test', method: 'POST', path: '/a', headers: { 'x-url': 'iam' }, body: 'x' };
  const right = await signedRequest(given, { signingDate });
  assert.equal((await exchange(url.address, right)).status, 200);
  const event = JSON.parse(url.invocations[0]?.payload.toString() ?? '') as { requestContext: { accountId: string } };
  assert.equal(event.requestContext.accountId, '000000000000');
  const presigned = await signedRequest({ ...given, method: 'GET', body: '' }, { signingDate, expiresIn: 9 });
  assert.equal((await exchange(url.address, presigned)).status, 200);
  const other = await exchange(url.address, { ...right, body: 'y' });
  assert.deepEqual([other.status, other.headers['x-amzn-errortype']], [403, 'InvalidSignatureException']);
  assert.match(other.body, /^{"message":"The request signature we calculated does not match/);
  const unknown = await exchange(url.address, await signedRequest(given, { signingDate, accessKeyId: 'AKIA1' }));
  assert.deepEqual(
    [unknown.status, unknown.headers['x-amzn-errortype'], unknown.body],
    [403, 'UnrecognizedClientException', '{"message":"The security token included in the request is invalid."}'],
  );
  assert.equal(url.invocations.length, 2);
});

test('with CORS a preflight runs nothing, and answers of every kind carry the headers', async () => {
  await using url = await start(async () => ({ kind: 'throttled' }));
  const headers = { 'x-url': 'cors', origin: 'https://app.example' };
  const preflight = await exchange(url.address, { method: 'OPTIONS', headers });
  assert.deepEqual([preflight.status, preflight.body], [200, '']);
  assert.equal(preflight.headers['access-control-allow-origin'], 'https://app.example');
  assert.equal(url.invocations.length, 0);
  const throttled = await exchange(url.address, { headers });
  assert.deepEqual(
    [throttled.status, throttled.headers['access-control-allow-origin'], throttled.headers['vary']],
    [429, 'https://app.example', 'Origin'],
  );
  assert.equal((await exchange(url.address, { method: 'OPTIONS' })).status, 429);
});

test('a body, or an event with it, over the limit is a 413, and the function does not run', async () => {
  await using url = await start(answered('null'));
  const announced = await exchange(url.address, { method: 'POST', body: Buffer.alloc(10_001) });
  const headers = { 'Transfer-Encoding': 'chunked' };
  const chunked = await exchange(url.address, { method: 'POST', headers, body: Buffer.alloc(10_001) });
  const grown = await exchange(url.address, { method: 'POST', body: Buffer.alloc(7500) });
  assert.deepEqual([announced.status, chunked.status, grown.status], [413, 413, 413]);
  assert.equal((await exchange(url.address, { method: 'POST', body: Buffer.alloc(5000) })).status, 200);
  assert.equal(url.invocations.length, 1);
});

test('a client that leaves before its body is whole runs nothing', async () => {
  await using url = await start(answered('null'));
  const leaving = await RawConnection.open(url.address);
  await leaving.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  leaving[Symbol.dispose]();
  assert.equal((await exchange(url.address)).status, 200);
  assert.equal(url.invocations.length, 1);
});

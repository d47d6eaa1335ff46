import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { AnsweringServer } from '../../../test/kit/answering-server.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { type ForwardFault, RequestForwarder, type RequestForwarderDeps } from './request-forwarder.ts';
import type { RequestSigner } from './request-signer.ts';

interface Outcome {
  readonly status: number;
  readonly text: string;
}

/** What a client gets whose request is passed on; a fault as its own text. */
async function pass(
  endpoint: string,
  init: RequestInit = {},
  options: Omit<RequestForwarderDeps, 'logger'> = {},
): Promise<Outcome> {
  const forwarder = new RequestForwarder({ logger: silentLogger, ...options });
  const onRequest: RequestListener = (request, response) => {
    const answer = ({ status, code, message }: ForwardFault): void => {
      response.writeHead(status);
      response.end(`${code}: ${message}`);
    };
    void forwarder
      .forward(request, response, { service: 'sqs', endpoint, body: undefined })
      .then((fault) => fault !== undefined && answer(fault));
  };
  await using front = await AnsweringServer.start(onRequest);
  const target = { 'x-amz-target': 'AmazonSQS.ListQueues' };
  const answer = await fetch(`http://${front.address}/path?query`, {
    method: 'POST',
    headers: target,
    body: '{}',
    ...init,
  });
  return { status: answer.status, text: await answer.text() };
}

/** A server that is none of HTTP. */
async function rawServer(
  onSocket: (socket: Socket) => void,
): Promise<AsyncDisposable & { readonly endpoint: string; close(): void }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

test('a request arrives as it was sent, and its answer comes back as it is', async () => {
  await using other = await AnsweringServer.start((request, response) => {
    response.writeHead(418, { 'content-type': 'application/json', 'x-own': 'kept' });
    response.end(`${request.method} ${request.url} ${String(request.headers['x-amz-target'])}`);
  });
  const { status, text } = await pass(`http://${other.address}/base`);
  assert.deepEqual([status, text], [418, 'POST /base/path?query AmazonSQS.ListQueues']);
});

test('an endpoint that is down, slow, no web server or none of AWS is named in the fault, with what is wrong', async () => {
  await using closed = await rawServer(() => {});
  closed.close();
  await using slow = await AnsweringServer.start(() => {});
  await using garbage = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
  await using silent = await rawServer((socket) => socket.destroy());
  await using page = await AnsweringServer.start((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<h1>It works!</h1>');
  });
  for (const [endpoint, reason] of [
    [closed.endpoint, /ECONNREFUSED/],
    [`http://${slow.address}`, /no answer within 0\.05 seconds/],
    [garbage.endpoint, /Parse Error/],
    [silent.endpoint, /ECONNRESET|EPIPE|socket hang up/],
    [`http://${page.address}`, /its answer is text\/html; charset=utf-8, which no AWS service sends/],
  ] as const) {
    const { status, text } = await pass(endpoint, {}, { patience: 50 });
    assert.equal(status, 503, endpoint);
    assert.ok(text.startsWith(`ServiceUnavailable: sqs cannot be used at ${endpoint}: `), text);
    assert.match(text, reason);
  }
});

test('an object may well be a page', async () => {
  await using other = await AnsweringServer.start((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<h1>an object</h1>');
  });
  const { text } = await pass(`http://${other.address}`, { method: 'GET', headers: {}, body: null });
  assert.equal(text, '<h1>an object</h1>');
});

test('an endpoint that leads back here is refused instead of going round and round', async () => {
  const { status, text } = await pass('http://127.0.0.1:1', { headers: { 'x-lambdad-forwarded': '1' } });
  assert.equal(status, 508);
  assert.match(text, /^LoopDetected: The endpoint of sqs, .* leads back to this daemon\./);
});

test('what goes to AWS itself is signed anew, and what cannot be signed says why', async () => {
  const seen: (string | undefined)[] = [];
  await using aws = await AnsweringServer.start((request, response) => {
    seen.push(request.headers.authorization, request.headers.host);
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  const signer: RequestSigner = {
    signsFor: () => true,
    async sign({ signingName, region, method, url, headers, body }) {
      if (body?.toString() === 'no') return { kind: 'refused', reason: 'there is nobody to sign' };
      const about = [signingName, region, method, url.pathname, url.search, body?.toString()].join(' ');
      return { kind: 'signed', headers: { host: String(headers.host), authorization: about } };
    },
  };
  const authorization = 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/sqs/aws4_request, Signature=0';
  const headers = { authorization, 'x-amz-target': 'AmazonSQS.ListQueues' };
  const passed = await pass(`http://${aws.address}`, { headers }, { signer });
  assert.deepEqual(passed, { status: 200, text: '{}' });
  assert.deepEqual(seen, ['sqs eu-west-1 POST /path ?query {}', aws.address]);
  const refused = await pass(`http://${aws.address}`, { headers, body: 'no' }, { signer });
  assert.equal(refused.status, 503);
  assert.match(refused.text, /there is nobody to sign/);
});

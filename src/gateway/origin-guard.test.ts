import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { HostNames } from './host-name.ts';
import { OriginGuard } from './origin-guard.ts';

const guard = new OriginGuard(new HostNames('localhost.localstack.cloud'), ['https://app.example']);

function requestWith(headers: Record<string, string>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return request;
}

const origins = [
  [undefined, true],
  ['http://localhost:3000', true],
  ['https://127.0.0.1', true],
  ['http://[::1]:5173', true],
  ['http://app.localhost', true],
  ['http://192.168.1.20:8080', true],
  ['https://app.example', true],
  ['https://app.example:8443', false],
  ['http://app.example', false],
  ['https://evil.com', false],
  ['http://localhost.evil.com', false],
  ['http://203.0.113.5', false],
  ['null', false],
  ['', false],
  ['not a url', false],
  ['file://', false],
  ['chrome-extension://abcdefgh', false],
] as const;

for (const [origin, allowed] of origins) {
  test(`a page of ${origin ?? 'no origin'} may ${allowed ? '' : 'not '}call`, () => {
    assert.equal(guard.allows(requestWith(origin === undefined ? {} : { origin })), allowed);
  });
}

test('a request that a browser marks as cross-site is refused also without an origin', () => {
  assert.equal(guard.allows(requestWith({ 'sec-fetch-site': 'cross-site' })), false);
  for (const site of ['none', 'same-origin', 'same-site']) {
    assert.equal(guard.allows(requestWith({ 'sec-fetch-site': site })), true);
  }
});

test('a star in the list allows every page', () => {
  const open = new OriginGuard(new HostNames('localhost'), ['*']);
  for (const origin of ['https://evil.com', 'null']) assert.equal(open.allows(requestWith({ origin })), true);
});

test('the allowed page may read the answer, with the headers it asked for', () => {
  assert.deepEqual(guard.corsHeaders(requestWith({})), []);
  const asked = requestWith({ origin: 'http://localhost:3000', 'access-control-request-headers': 'authorization' });
  const headers = guard.corsHeaders(asked);
  const value = (name: string): string | undefined => headers[headers.indexOf(name) + 1];
  assert.equal(value('Access-Control-Allow-Origin'), 'http://localhost:3000');
  assert.equal(value('Access-Control-Allow-Headers'), 'authorization');
  assert.equal(value('Vary'), 'Origin');
  assert.match(value('Access-Control-Expose-Headers') ?? '', /X-Amz-Function-Error/);
});

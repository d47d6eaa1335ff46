import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { corsHeaders, isPreflight, preflightHeaders } from './url-cors.ts';
import type { UrlCors } from './url-target.ts';

function message(headers: Readonly<Record<string, string>>, method = 'GET'): IncomingMessage {
  const made = new IncomingMessage(new Socket());
  made.method = method;
  Object.assign(made.headers, headers);
  return made;
}

/** Names in lower case with their values. */
function byName(list: readonly string[]): Record<string, string> {
  const named: Record<string, string> = {};
  for (let at = 0; at < list.length; at += 2) named[list[at]?.toLowerCase() ?? ''] = list[at + 1] ?? '';
  return named;
}

const origin = 'https://app.example.com';
const preflight = (cors: UrlCors, headers: Readonly<Record<string, string>>) =>
  byName(preflightHeaders(cors, message(headers, 'OPTIONS')));
const ordinary = (cors: UrlCors | undefined, headers: Readonly<Record<string, string>>) =>
  byName(corsHeaders(cors, message(headers)));

test('a preflight is answered with all that Cors allows', () => {
  const cors: UrlCors = {
    AllowOrigins: [origin],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['content-type', 'x-a'],
    ExposeHeaders: ['x-b'],
    AllowCredentials: true,
    MaxAge: 300,
  };
  assert.deepEqual(preflight(cors, { origin }), {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'content-type,x-a',
    'access-control-max-age': '300',
    vary: 'Origin',
  });
  assert.deepEqual(ordinary(cors, { origin }), {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'x-b',
    vary: 'Origin',
  });
});

test('wildcards are sent as such, unless credentials are allowed: then what was asked for is', () => {
  const cors: UrlCors = { AllowOrigins: ['*'], AllowMethods: ['*'], AllowHeaders: ['*'] };
  const asked = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a,x-b' };
  assert.deepEqual(preflight(cors, asked), {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': '*',
    'access-control-allow-headers': '*',
  });
  assert.deepEqual(preflight({ ...cors, AllowCredentials: true }, asked), {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'PUT',
    'access-control-allow-headers': 'x-a,x-b',
    vary: 'Origin',
  });
});

test('another origin, and none, get no permission, only the hint that answers differ', () => {
  const cors: UrlCors = { AllowOrigins: [origin], AllowMethods: ['GET'], ExposeHeaders: ['x'] };
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}]) {
    assert.deepEqual(preflight(cors, headers), { vary: 'Origin' });
    assert.deepEqual(ordinary(cors, headers), { vary: 'Origin' });
  }
});

test('a star in an origin stands for a part of it, never for another host', () => {
  const allowed = (pattern: string, given: string): boolean =>
    'access-control-allow-origin' in ordinary({ AllowOrigins: [pattern] }, { origin: given });
  for (const [pattern, given] of [
    ['https://*.example.com', 'https://a.example.com'],
    ['https://*.example.com', 'https://a.b.example.com'],
    ['HTTPS://*.Example.com', 'https://a.example.com'],
    ['http://localhost:*', 'http://localhost:5173'],
    ['https://*', 'https://a.example'],
    ['https://a*.b*.c', 'https://ax.by.c'],
    ['*', 'null'],
  ] as const) {
    assert.equal(allowed(pattern, given), true, `${pattern} ${given}`);
  }
  for (const [pattern, given] of [
    ['https://*.example.com', 'https://example.com'],
    ['https://*.example.com', 'http://a.example.com'],
    ['https://*.example.com', 'https://a.example.com.evil'],
    ['https://*.example.com', 'https://evil/.example.com'],
    ['https://*.example.com', 'https://evil?.example.com'],
    ['https://ab*ba', 'https://aba'],
  ] as const) {
    assert.equal(allowed(pattern, given), false, `${pattern} ${given}`);
  }
});

test('a star behaves as the same in a regular expression', () => {
  const host = fc.stringMatching(/^[ab.]{1,8}$/);
  const pattern = fc.stringMatching(/^[ab.*]{1,8}$/).filter((text) => text !== '*');
  fc.assert(
    fc.property(pattern, host, (text, name) => {
      const expected = new RegExp(`^${text.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(name);
      const headers = ordinary({ AllowOrigins: [`http://${text}`] }, { origin: `http://${name}` });
      assert.equal('access-control-allow-origin' in headers, expected);
    }),
  );
});

test('without Cors, or with one that says nothing, all is left to the function', () => {
  for (const cors of [undefined, {}, { AllowOrigins: undefined }]) {
    assert.deepEqual(ordinary(cors, { origin }), {});
    assert.equal(isPreflight(cors, message({ origin }, 'OPTIONS')), false);
  }
  assert.equal(isPreflight({ AllowOrigins: [] }, message({}, 'OPTIONS')), true);
  assert.equal(isPreflight({ AllowOrigins: [] }, message({ origin })), false);
});

import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { requestId } from '../../../test/kit/sample-event.ts';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { UrlCaller } from './url-authentication.ts';
import { urlEvent } from './url-event.ts';

interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly body?: Buffer;
  readonly caller?: UrlCaller;
}

function eventOf({
  method = 'GET',
  url = '/',
  headers = {},
  body = Buffer.alloc(0),
  caller,
}: Sent): Record<string, unknown> {
  const message = new IncomingMessage(new Socket());
  message.method = method;
  message.url = url;
  message.httpVersion = '1.1';
  for (const [name, values] of Object.entries(headers)) {
    message.headers[name] = values.join('; ');
    message.headersDistinct[name] = [...values];
  }
  const target = {
    urlId: 'abc',
    scope: scopeOf(accountId('123456789012'), region('us-east-1')),
    functionName: 'greeter',
    qualifier: undefined,
    authType: 'NONE',
    invokeMode: 'BUFFERED',
    cors: undefined,
  } as const;
  const event = urlEvent({
    message,
    body,
    target,
    caller,
    domainName: 'abc.lambda-url.us-east-1.localhost',
    requestId: requestId('id'),
    traceHeader: 'Root=1-2-3',
    now: milliseconds(Date.UTC(2026, 0, 31, 23, 59, 59, 123)),
  });
  return JSON.parse(event.toString()) as Record<string, unknown>;
}

test('a request is an event of payload format 2.0', () => {
  const event = eventOf({
    method: 'POST',
    url: '/a%20b/c?x=1&x=2&y=%C3%A9&empty=',
    headers: {
      host: ['abc.lambda-url.us-east-1.localhost:4566'],
      'user-agent': ['curl/8'],
      'content-type': ['application/json'],
      'x-many': ['1', '2'],
      cookie: ['a=1; b=2', 'c=3'],
      connection: ['keep-alive'],
    },
    body: Buffer.from('{"n":1}'),
  });
  assert.deepEqual(event, {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/a%20b/c',
    rawQueryString: 'x=1&x=2&y=%C3%A9&empty=',
    cookies: ['a=1', 'b=2', 'c=3'],
    headers: {
      host: 'abc.lambda-url.us-east-1.localhost:4566',
      'user-agent': 'curl/8',
      'content-type': 'application/json',
      'x-many': '1,2',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': '80',
      'x-forwarded-proto': 'http',
      'x-amzn-trace-id': 'Root=1-2-3',
    },
    queryStringParameters: { x: '1,2', y: 'é', empty: '' },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abc',
      domainName: 'abc.lambda-url.us-east-1.localhost',
      domainPrefix: 'abc',
      http: { method: 'POST', path: '/a%20b/c', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'curl/8' },
      requestId: 'id',
      routeKey: '$default',
      stage: '$default',
      time: '31/Jan/2026:23:59:59 +0000',
      timeEpoch: Date.UTC(2026, 0, 31, 23, 59, 59, 123),
    },
    body: '{"n":1}',
    isBase64Encoded: false,
  });
});

test('who signed it is named as AWS names callers', () => {
  const scope = scopeOf(accountId('111122223333'), region('us-east-1'));
  const arn = 'arn:aws:iam::111122223333:root';
  const { requestContext } = eventOf({ caller: { accessKeyId: 'AKIA1', scope, arn, id: '111122223333' } });
  assert.partialDeepStrictEqual(requestContext, {
    accountId: '111122223333',
    authentication: null,
    authorizer: {
      iam: {
        accessKey: 'AKIA1',
        accountId: '111122223333',
        callerId: '111122223333',
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: arn,
        userId: '111122223333',
      },
    },
  });
});

test('what a request does not have is absent: query, cookies, body', () => {
  const event = eventOf({ url: '/' });
  assert.equal(event['rawQueryString'], '');
  for (const name of ['queryStringParameters', 'cookies', 'body']) assert.equal(name in event, false, name);
  assert.equal(event['isBase64Encoded'], false);
});

test('the content type, not the bytes, says whether the body is text', () => {
  const encoded = (type: string | undefined): unknown =>
    eventOf({ headers: type === undefined ? {} : { 'content-type': [type] }, body: Buffer.from('x') })[
      'isBase64Encoded'
    ];
  for (const type of [
    'text/plain',
    'text/html; charset=utf-8',
    'application/json',
    'application/problem+json',
    'image/svg+xml',
    'application/xml',
    'APPLICATION/JSON',
  ]) {
    assert.equal(encoded(type), false, type);
  }
  for (const type of [
    undefined,
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'multipart/form-data; boundary=x',
    'image/png',
  ]) {
    assert.equal(encoded(type), true, String(type));
  }
});

test('an address that was forwarded is kept, ours goes behind it', () => {
  const { headers } = eventOf({ headers: { 'x-forwarded-for': ['203.0.113.9'], 'x-forwarded-proto': ['https'] } });
  assert.deepEqual(headers, {
    'x-forwarded-for': '203.0.113.9, 127.0.0.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '80',
    'x-amzn-trace-id': 'Root=1-2-3',
  });
});

test('names that mean something to JavaScript are names like others', () => {
  const event = eventOf({ url: '/?__proto__=1&constructor=2', headers: { __proto__x: ['3'] } });
  assert.equal(JSON.stringify(event['queryStringParameters']), '{"__proto__":"1","constructor":"2"}');
});

test('any query and any body become an event from which they can be read again', () => {
  fc.assert(
    fc.property(fc.webQueryParameters(), fc.uint8Array(), (query, bytes) => {
      const event = eventOf({ url: `/?${query}`, body: Buffer.from(bytes) });
      assert.equal(event['rawQueryString'], query);
      const body = typeof event['body'] === 'string' ? event['body'] : '';
      assert.deepEqual(Buffer.from(body, 'base64'), Buffer.from(bytes));
    }),
  );
});

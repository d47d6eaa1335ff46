/** A request to a function URL as the event of the handler: payload format 2.0. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { UpdateFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { urlOf } from '../kit/url-of.ts';
import { type UrlAnswer, type UrlRequest, urlRequest } from '../kit/url-request.ts';

type Event = Readonly<Record<string, unknown>> & { readonly requestContext: Readonly<Record<string, unknown>> };

suite('Requests to a function URL', { concurrency: true }, () => {
  let lambdad: TestDaemon;
  let host: string;
  before(async () => {
    lambdad = await TestDaemon.start();
    const { name } = await lambdad.function({ code: echo, Tags: { _custom_id_: 'echo-shop' } });
    host = await urlOf(lambdad.lambda, name);
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const call = (request: UrlRequest = {}, to = host): Promise<UrlAnswer> => urlRequest(lambdad.port, to, request);
  const event = async (request: UrlRequest = {}): Promise<Event> => JSON.parse((await call(request)).text) as Event;

  test('a POST has exactly the members of payload format 2.0', async () => {
    const answer = await call({
      method: 'POST',
      path: '/a%20b/%C3%A4?x=1&x=2&y=%20z&flag',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'test/1',
        'X-Many': ['one', 'two'],
        Cookie: 'a=1; b=2',
      },
      body: '{"n":1}',
    });
    const { headers, requestContext, ...rest } = JSON.parse(answer.text) as Event;
    assert.deepEqual(rest, {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/a%20b/%C3%A4',
      rawQueryString: 'x=1&x=2&y=%20z&flag',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { x: '1,2', y: ' z', flag: '' },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
    const { time, timeEpoch, requestId, ...context } = requestContext;
    assert.deepEqual(context, {
      accountId: 'anonymous',
      apiId: 'echo-shop',
      domainName: host.toLowerCase(),
      domainPrefix: 'echo-shop',
      http: { method: 'POST', path: '/a%20b/%C3%A4', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test/1' },
      routeKey: '$default',
      stage: '$default',
    });
    assert.equal(requestId, answer.headers['x-amzn-requestid']);
    assert.match(String(time), /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    assert.equal(typeof timeEpoch, 'number');
    const { 'x-amzn-trace-id': trace, ...sent } = headers as Record<string, string>;
    assert.match(trace ?? '', /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}/);
    assert.deepEqual(sent, {
      'content-length': '7',
      'content-type': 'application/json',
      host: `${host}:${lambdad.port}`,
      'user-agent': 'test/1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': String(lambdad.port),
      'x-forwarded-proto': 'http',
      'x-many': 'one,two',
    });
  });

  test('a GET with nothing has no cookies, no parameters and no body', async () => {
    const keys = Object.keys(await event()).sort();
    assert.deepEqual(keys, 'headers isBase64Encoded rawPath rawQueryString requestContext routeKey version'.split(' '));
  });

  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    test(`${method} reaches the handler`, async () => {
      const { requestContext } = await event({ method });
      assert.partialDeepStrictEqual(requestContext, { http: { method } });
    });
  }

  test('HEAD answers without a body', async () => {
    const { status, text } = await call({ method: 'HEAD' });
    assert.deepEqual([status, text], [200, '']);
  });

  const bytes = Buffer.from([0, 255, 128, 10]);
  const bodies: Readonly<Record<string, readonly [string | undefined, string | Buffer, boolean]>> = {
    'JSON as text': ['application/json', '{"ä":1}', false],
    'JSON with a charset as text': ['application/json; charset=utf-8', '{}', false],
    'plain text as text': ['text/plain', 'Grüße', false],
    'XML as text': ['application/xml', '<a/>', false],
    'a form in base64': ['application/x-www-form-urlencoded', 'a=1&b=2', true],
    'an image in base64': ['image/png', bytes, true],
    'a body of no type in base64': [undefined, 'plain', true],
  };
  for (const [what, [type, body, isBase64Encoded]] of Object.entries(bodies)) {
    test(`${what}`, async () => {
      const headers = type === undefined ? {} : { 'Content-Type': type };
      const got = await event({ method: 'POST', headers, body });
      assert.equal(got['isBase64Encoded'], isBase64Encoded);
      assert.equal(got['body'], isBase64Encoded ? Buffer.from(body).toString('base64') : String(body));
    });
  }

  test('a host in other capitals is the same URL', async () => {
    assert.equal((await call({}, host.toUpperCase())).status, 200);
  });

  test('the domain of LocalStack names the same URL', async () => {
    assert.equal((await call({}, host.replace('.localhost', '.localhost.localstack.cloud'))).status, 200);
  });

  test('any page may call it', async () => {
    const headers = { Origin: 'https://example.org', 'Sec-Fetch-Site': 'cross-site' };
    assert.equal((await call({ method: 'POST', headers, body: '{}' })).status, 200);
  });

  test('an unknown URL, and a known one in another region, are denied', async () => {
    for (const unknown of [host.replace(/^[^.]+/, 'nobody'), host.replace('us-east-1', 'eu-west-1')]) {
      const { status, headers, text } = await call({}, unknown);
      assert.deepEqual([status, headers['x-amzn-errortype'], text], [403, 'AccessDeniedException', '{"Message":null}']);
    }
  });

  test('a URL with AWS_IAM refuses who does not sign', async () => {
    const { name } = await lambdad.function({ code: echo });
    const closed = await urlOf(lambdad.lambda, name, 'AWS_IAM');
    const { status, text } = await call({}, closed);
    assert.equal(status, 403);
    assert.deepEqual(JSON.parse(text), {
      Message:
        'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
    });
    await lambdad.lambda.send(new UpdateFunctionUrlConfigCommand({ FunctionName: name, AuthType: 'NONE' }));
    assert.equal((await call({}, closed)).status, 200);
  });
});

/** Requests that a page on the web could have a developer's browser send. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { CreateFunctionUrlConfigCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { RawConnection } from '../kit/raw-connection.ts';
import { AttackedDaemon } from './attacked-daemon.ts';

const path = '/2015-03-31/functions/canary/invocations';

suite('forged requests', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start({ EXTRA_CORS_ALLOWED_ORIGINS: 'https://app.example.com' });
  });
  after(() => attacked[Symbol.asyncDispose]());

  const request = (method: string, target: string, headers: readonly string[], body = '{}'): Promise<string> => {
    const lines = [`${method} ${target} HTTP/1.1`, 'Connection: close', `Content-Length: ${body.length}`, ...headers];
    return RawConnection.exchange(attacked.daemon.port, `${lines.join('\r\n')}\r\n\r\n${body}`);
  };

  const foreign: readonly (readonly string[])[] = [
    ...[
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example',
      'http://evil.example:4566',
      'https://app.example.com.evil.example',
      'https://APP.example.org',
      'nonsense',
      '',
      'http://',
      'file://',
      'chrome-extension://abcdefgh',
      'data:text/html,x',
    ].map((origin) => ['Host: localhost:4566', `Origin: ${origin}`]),
    ...[
      'evil.example',
      'evil.example:4566',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'localstack.cloud',
      'evillocalhost.localstack.cloud',
      'localhost.localstack.cloud.evil.example',
      'localhost.',
    ].map((host) => [`Host: ${host}`]),
    ['Host: localhost:4566', 'Sec-Fetch-Site: cross-site'],
  ];
  for (const headers of foreign) {
    test(`${headers.join(', ')} is refused whatever is asked`, async () => {
      for (const [method, target] of [
        ['POST', path],
        ['GET', '/2015-03-31/functions'],
        ['DELETE', '/2015-03-31/functions/canary'],
        ['OPTIONS', path],
        ['GET', '/_lambdad/logs'],
        ['GET', '/_localstack/health'],
      ] as const) {
        const answer = await request(method, target, headers);
        assert.match(answer, /^HTTP\/1\.1 403 /, `${method} ${target}`);
        assert.match(answer, /x-amzn-errortype: AccessDeniedException/i, `${method} ${target}`);
        assert.doesNotMatch(answer, /Access-Control-Allow/i, `${method} ${target}`);
      }
      await attacked.stillServes();
    });
  }

  test('pages of the developer and those that are listed may call, and read the answer', async () => {
    for (const origin of [
      'http://localhost:3000',
      'http://127.0.0.1:8080',
      'http://app.localhost',
      'https://app.example.com',
    ]) {
      const preflight = await request(
        'OPTIONS',
        path,
        [
          'Host: localhost',
          `Origin: ${origin}`,
          'Access-Control-Request-Method: POST',
          'Access-Control-Request-Headers: x-amz-date,authorization',
        ],
        '',
      );
      assert.match(preflight, /^HTTP\/1\.1 204 /);
      assert.ok(preflight.includes(`Access-Control-Allow-Origin: ${origin}\r\n`), preflight);
      assert.match(preflight, /Access-Control-Allow-Headers: x-amz-date,authorization\r\n/);
      const answer = await request('POST', path, ['Host: localhost', `Origin: ${origin}`], '{"a":1}');
      assert.match(answer, /^HTTP\/1\.1 200 [^]*\r\n\r\n\{"a":1\}$/);
      assert.ok(answer.includes(`Access-Control-Allow-Origin: ${origin}\r\n`), answer);
    }
  });

  test('a refused request has run nothing and changed nothing', async () => {
    const body = '{"Timeout":77}';
    await request(
      'PUT',
      '/2015-03-31/functions/canary/configuration',
      ['Host: localhost', 'Origin: https://evil.example'],
      body,
    );
    const { Timeout } = await attacked.daemon.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'canary' }),
    );
    assert.equal(Timeout, 3);
  });

  test('a function URL takes every origin, and only its own function can be reached through it', async () => {
    const { lambda } = attacked.daemon;
    const url = await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'canary', AuthType: 'NONE' }));
    const { host } = new URL(url.FunctionUrl ?? '');
    for (const origin of ['https://evil.example', 'null', 'http://localhost:3000']) {
      const answer = await request(
        'GET',
        path,
        [`Host: ${host}`, `Origin: ${origin}`, 'Sec-Fetch-Site: cross-site'],
        '',
      );
      assert.match(answer, /^HTTP\/1\.1 200 /);
      // The canary echoes the event: the path is the function's to read, not the API's.
      assert.ok(answer.includes(`"rawPath":"${path}"`), answer);
    }
  });

  test('hosts that look like function URLs and are none are refused', async () => {
    for (const host of [
      'x.lambda-url.us-east-1.localhost',
      '__proto__.lambda-url.us-east-1.localhost',
      `${'a'.repeat(5_000)}.lambda-url.us-east-1.localhost`,
      'constructor.lambda-url.x.y',
    ]) {
      assert.match(await request('GET', '/', [`Host: ${host}`], ''), /^HTTP\/1\.1 403 /, host);
    }
    await attacked.stillServes();
  });
});

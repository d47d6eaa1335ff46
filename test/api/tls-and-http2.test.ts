/** The same port serves HTTP/1.1 and HTTP/2, in clear and over TLS, to clients that no one here wrote. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { CreateFunctionUrlConfigCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { openCertificates } from '../../src/daemon/certificates.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { runProgram } from '../kit/run-program.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import type { TestFunction } from '../kit/test-function.ts';
import { urlOf } from '../kit/url-of.ts';

interface Http2Answer {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

async function ask(session: ClientHttp2Session, headers: OutgoingHttpHeaders, body?: Buffer): Promise<Http2Answer> {
  const stream = session.request(headers);
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
  stream.on('response', resolve).on('error', reject);
  stream.end(body);
  return { headers: await promise, body: await buffer(stream) };
}

suite('TLS and HTTP/2', () => {
  let lambdad: TestDaemon;
  let fn: TestFunction;
  let urlHost: string;
  let authority: string;
  before(async () => {
    lambdad = await TestDaemon.start();
    fn = await lambdad.function({ code: echo });
    urlHost = await urlOf(lambdad.lambda, fn.name);
    authority = join(lambdad.dataDirectory, 'certificates', 'ca.pem');
    // The authority is made for the first client that speaks TLS.
    await curl('--insecure', `https://127.0.0.1:${lambdad.port}/_localstack/health`);
  });
  after(() => lambdad[Symbol.asyncDispose]());

  const curl = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runProgram([
      'curl',
      '--silent',
      '--show-error',
      '--max-time',
      '20',
      ...args,
    ]);
    assert.equal(code, 0, stderr);
    return stdout;
  };

  for (const version of ['1.1', '2']) {
    test(`curl trusts the authority over HTTP/${version}, whatever name or address it asks for`, async () => {
      const names = ['localhost', 'deep.name.localhost', 'localhost.localstack.cloud', 'daemon.internal', '127.0.0.1'];
      for (const name of names) {
        const answer = await curl(
          `--http${version}`,
          '--cacert',
          authority,
          '--resolve',
          `${name}:${lambdad.port}:127.0.0.1`,
          '--write-out',
          ' %{http_version}',
          `https://${name}:${lambdad.port}/_localstack/health`,
        );
        assert.match(answer, new RegExp(`^\\{"services".* ${version}$`), name);
      }
    });
  }

  test('a client that does not trust the authority refuses', async () => {
    const { code } = await runProgram(['curl', '--silent', `https://localhost:${lambdad.port}/`]);
    assert.notEqual(code, 0);
  });

  test('fetch and Python, strict as it is, trust the authority that a variable names', async () => {
    const url = `https://localhost:${lambdad.port}/_localstack/health`;
    const fetched = await runProgram([process.execPath, '-e', `fetch('${url}').then((r) => console.log(r.status))`], {
      env: { NODE_EXTRA_CA_CERTS: authority },
    });
    assert.deepEqual([fetched.stdout, fetched.stderr], ['200\n', '']);
    const program = [
      'import ssl, urllib.request',
      'context = ssl.create_default_context()',
      'context.verify_flags |= ssl.VERIFY_X509_STRICT',
      `print(urllib.request.urlopen('${url}', context=context).status)`,
    ].join('\n');
    const python = await runProgram(['python3', '-c', program], { env: { SSL_CERT_FILE: authority } });
    assert.deepEqual([python.stdout, python.stderr], ['200\n', '']);
  });

  test('the SDK invokes over https', async () => {
    using agent = Object.assign(new Agent({ ca: readFileSync(authority) }), {
      [Symbol.dispose]: () => agent.destroy(),
    });
    const client = new LambdaClient({
      endpoint: `https://localhost:${lambdad.port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: { httpsAgent: agent },
    });
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: fn.name, Payload: '{"over":"tls"}' }));
    assert.equal(Buffer.from(Payload ?? []).toString(), '{"over":"tls"}');
    client.destroy();
  });

  test('the authority is kept, its key for its owner alone, and each certificate is for a year at most', async () => {
    assert.equal(statSync(join(lambdad.dataDirectory, 'certificates', 'ca-key.pem')).mode & 0o777, 0o600);
    const certificate = new X509Certificate(readFileSync(authority));
    assert.equal(certificate.ca, true);
    assert.ok(certificate.checkIssued(certificate));
    const shown = await runProgram([
      'openssl',
      's_client',
      '-connect',
      `127.0.0.1:${lambdad.port}`,
      '-servername',
      'a.b.localhost',
      '-CAfile',
      authority,
      '-verify_return_error',
      '-verify_hostname',
      'a.b.localhost',
    ]);
    assert.match(shown.stdout, /Verification: OK/);
    const [pem = ''] = /-----BEGIN CERTIFICATE-----[^]*-----END CERTIFICATE-----/.exec(shown.stdout) ?? [];
    const { subjectAltName, validFrom, validTo } = new X509Certificate(pem);
    assert.equal(subjectAltName, 'DNS:a.b.localhost');
    assert.ok(Date.parse(validTo) - Date.parse(validFrom) < 398 * 86_400_000);
  });

  test('a function URL over TLS says so in its event', async () => {
    for (const version of ['1.1', '2']) {
      const at = `${urlHost}:${lambdad.port}`;
      const event = JSON.parse(
        await curl(
          `--http${version}`,
          '--cacert',
          authority,
          '--resolve',
          `${at}:127.0.0.1`,
          '--cookie',
          'a=1; b=2',
          '--header',
          'X-Twice: 1',
          '--header',
          'X-Twice: 2',
          '--data',
          'hello',
          `https://${at}/path?q=1`,
        ),
      ) as { headers: Record<string, string>; cookies: string[]; requestContext: { http: object }; body: string };
      const { host, 'x-forwarded-proto': scheme, 'x-amzn-tls-version': tls, 'x-twice': twice } = event.headers;
      assert.deepEqual([host, scheme, tls, twice], [at, 'https', 'TLSv1.3', '1,2']);
      assert.match(event.headers['x-amzn-tls-cipher-suite'] ?? '', /^TLS_/);
      assert.ok(Object.keys(event.headers).every((name) => !name.startsWith(':') && name !== 'transfer-encoding'));
      assert.deepEqual(event.cookies, ['a=1', 'b=2']);
      assert.equal(Buffer.from(event.body, 'base64').toString(), 'hello');
      assert.equal(
        (event.requestContext.http as { protocol: string }).protocol,
        `HTTP/${version === '2' ? '2.0' : version}`,
      );
    }
  });

  test('a client may speak HTTP/2 in clear, many requests at once on one connection', async () => {
    const session = connect(`http://127.0.0.1:${lambdad.port}`);
    try {
      const path = `/2015-03-31/functions/${fn.name}/invocations`;
      const payloads = Array.from({ length: 20 }, (_, n) => JSON.stringify({ n, padding: 'x'.repeat(n * 10_000) }));
      const answers = await Promise.all(
        payloads.map((text) => ask(session, { ':method': 'POST', ':path': path }, Buffer.from(text))),
      );
      assert.deepEqual(
        answers.map(({ body }) => body.toString()),
        payloads,
      );
      assert.equal(answers[0]?.headers[':status'], 200);
      const missing = await ask(session, { ':path': '/2015-03-31/functions/nobody/configuration' });
      assert.equal(missing.headers[':status'], 404);
      assert.equal(missing.headers['x-amzn-errortype'], 'ResourceNotFoundException');
      const large = Buffer.from(JSON.stringify('x'.repeat(7_000_000)));
      const refused = await ask(session, { ':method': 'POST', ':path': path, 'content-length': large.length }, large);
      assert.equal(refused.headers[':status'], 413);
      assert.equal((await ask(session, { ':path': '/_localstack/health' })).headers[':status'], 200);
    } finally {
      session.destroy();
    }
  });

  test('answers stream over HTTP/2, and a page elsewhere is refused as over HTTP/1.1', async () => {
    const code = {
      'index.js': `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
        stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { connection: 'close', a: 'b' }, cookies: ['c=1', 'd=2'] });
        for (let n = 0; n < 50; n += 1) stream.write('x'.repeat(100_000));
        stream.end();
      });`,
    };
    const streaming = await lambdad.function({ code, Timeout: 20 });
    const { FunctionUrl = '' } = await lambdad.lambda.send(
      new CreateFunctionUrlConfigCommand({
        FunctionName: streaming.name,
        AuthType: 'NONE',
        InvokeMode: 'RESPONSE_STREAM',
      }),
    );
    const session = connect(`http://127.0.0.1:${lambdad.port}`);
    try {
      const { headers, body } = await ask(session, { ':path': '/', ':authority': new URL(FunctionUrl).host });
      assert.deepEqual([headers[':status'], headers['a'], headers['set-cookie']], [201, 'b', ['c=1', 'd=2']]);
      assert.equal(body.length, 5_000_000);
      const path = `/2021-11-15/functions/${streaming.name}/response-streaming-invocations`;
      const events = await ask(session, { ':method': 'POST', ':path': path }, Buffer.from('{}'));
      assert.match(events.body.toString('latin1'), /InvokeComplete/);
      const foreign = await ask(session, { ':path': '/', ':authority': 'evil.example' });
      assert.equal(foreign.headers[':status'], 403);
    } finally {
      session.destroy();
    }
  });

  test('a certificate of the user’s own is shown in place of ours', async () => {
    const key = join(lambdad.dataDirectory, 'own.pem');
    const made = await runProgram([
      'openssl',
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=own.test',
      '-addext',
      'subjectAltName=DNS:own.test',
      '-keyout',
      '-',
      '-out',
      '-',
    ]);
    assert.equal(made.code, 0, made.stderr);
    writeFileSync(key, made.stdout);
    await using own = await TestDaemon.start({ settings: { CUSTOM_SSL_CERT_PATH: key } });
    const at = `own.test:${own.port}`;
    await curl('--cacert', key, '--resolve', `${at}:127.0.0.1`, `https://${at}/_localstack/health`);
    const { dataDirectory } = own;
    await assert.rejects(
      openCertificates(
        { certificateFile: '/etc/hostname', dataDirectory },
        { clock: systemClock, random: systemRandom },
      ),
      /CUSTOM_SSL_CERT_PATH names \/etc\/hostname, which does not hold a certificate and its key/,
    );
  });
});

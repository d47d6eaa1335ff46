/** How requests reach a bucket: pre-signed URLs, hosts that name the bucket, pages of other origins. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, suite, test } from 'node:test';
import { GetObjectCommand, PutBucketCorsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { runProgram } from '../kit/run-program.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { newBucket, s3Client } from './s3-client.ts';

const daemon = await TestDaemon.start();
const client = s3Client(daemon);
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: daemon.port, method, path, headers }, (response) => {
      text(response).then(
        (read) => resolve({ status: response.statusCode, headers: response.headers, body: read }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const codeIn = (body: string): string | undefined => /<Code>(\w+)<\/Code>/.exec(body)?.[1];

suite('pre-signed URLs', () => {
  test('put and get an object, until they expire', async () => {
    const Bucket = await newBucket(client);
    const put = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'a b', Metadata: { m: '1' } }), {
      expiresIn: 60,
    });
    const answer = await fetch(put, { method: 'PUT', body: 'hello', headers: { 'x-amz-meta-m': '1' } });
    assert.equal(answer.status, 200, await answer.text());
    const get = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'a b', ResponseContentType: 'q/r' }));
    const got = await fetch(get);
    assert.deepEqual([got.status, got.headers.get('content-type'), await got.text()], [200, 'q/r', 'hello']);
    const old = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'a b' }), {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 120_000),
    });
    const refused = await fetch(old);
    const body = await refused.text();
    assert.equal(refused.status, 403);
    assert.match(
      body,
      /<Code>AccessDenied<\/Code><Message>Request has expired<\/Message><X-Amz-Expires>60<\/X-Amz-Expires>/,
    );
  });

  test('work with curl, ranges included', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'k' }));
    const { stdout } = await runProgram(['curl', '-s', '-r', '2-5', url]);
    assert.equal(stdout, '2345');
  });

  test('that live too long or are cut are refused', async () => {
    const Bucket = await newBucket(client);
    const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'k' })));
    for (const value of ['604801', '-1', 'x']) {
      url.searchParams.set('X-Amz-Expires', value);
      const answer = await fetch(url);
      assert.equal(codeIn(await answer.text()), 'AuthorizationQueryParametersError', value);
    }
    url.searchParams.delete('X-Amz-Expires');
    assert.equal(codeIn(await (await fetch(url)).text()), 'AuthorizationQueryParametersError');
  });

  test('of the older form are served until their time', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const at = (time: number) =>
      ask('GET', `/${Bucket}/k?AWSAccessKeyId=a&Signature=b&Expires=${Math.floor(time / 1000)}`);
    assert.equal((await at(Date.now() + 60_000)).body, 'x');
    assert.equal((await at(Date.now() - 60_000)).status, 403);
  });
});

suite('hosts', () => {
  test('may name the bucket', async () => {
    const bucket = await newBucket(client, 'my.own-bucket');
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'a/b', Body: 'hello' }));
    for (const host of [
      `${bucket}.s3.localhost`,
      `${bucket}.s3.localhost:${daemon.port}`,
      `${bucket}.s3.us-east-1.localhost.localstack.cloud`,
      `${bucket}.s3.amazonaws.com`,
      `${bucket}.s3.us-east-1.amazonaws.com`,
    ]) {
      assert.equal((await ask('GET', '/a/b', { host })).body, 'hello', host);
      assert.match((await ask('GET', '/?list-type=2', { host })).body, /<Key>a\/b<\/Key>/);
    }
    assert.equal((await ask('GET', `/${bucket}/a/b`, { host: 's3.localhost' })).body, 'hello');
    assert.equal((await ask('PUT', '/c', { host: `${bucket}.s3.localhost` }, 'x')).status, 200);
    assert.equal((await ask('GET', '/a/b', { host: 'bucket.evil.com' })).status, 403);
  });

  test('of the SDK in its own style work', async () => {
    const bucket = await newBucket(client);
    const answer = await ask('GET', '/', { host: `${bucket}.s3.localhost` });
    assert.match(answer.body, new RegExp(`<Name>${bucket}</Name>`));
    assert.match(answer.body, /<ListBucketResult xmlns="http:\/\/s3.amazonaws.com\/doc\/2006-03-01\/">/);
  });
});

suite('keys', () => {
  test('of any form are the same by path and by host', async () => {
    const bucket = await newBucket(client);
    for (const key of [
      '/',
      '//',
      'a//b',
      '../x',
      './x',
      'a/../b',
      'a%2Fb',
      ' ',
      '+',
      '?&=#',
      'ü/\u{1f600}',
      'a/',
      '\u0001',
      'x'.repeat(1024),
    ]) {
      const path = `/${key.split('/').map(encodeURIComponent).join('/')}`;
      const host = `${bucket}.s3.localhost`;
      assert.equal((await ask('PUT', path, { host }, key)).status, 200, key);
      assert.equal((await ask('GET', `/${bucket}${path}`)).body, key, key);
      assert.equal((await ask('GET', `/${bucket}/${encodeURIComponent(key)}`)).body, key, key);
      assert.equal((await ask('DELETE', `/${bucket}${path}`)).status, 204, key);
    }
  });
});

suite('pages of other origins', () => {
  const origin = 'http://localhost:3000';
  const preflight = (path: string, more: Record<string, string> = {}) =>
    ask('OPTIONS', path, { origin, 'access-control-request-method': 'PUT', ...more });

  test('are told what the bucket allows', async () => {
    const Bucket = await newBucket(client);
    const none = await preflight(`/${Bucket}/k`);
    assert.deepEqual([none.status, codeIn(none.body)], [403, 'AccessForbidden']);
    assert.match(none.body, /CORSResponse: CORS is not enabled for this bucket\./);
    const rule = {
      AllowedMethods: ['PUT', 'GET'],
      AllowedOrigins: ['http://*:3000'],
      AllowedHeaders: ['x-amz-*', 'content-type'],
      ExposeHeaders: ['ETag'],
      MaxAgeSeconds: 60,
    };
    await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
    const allowed = await preflight(`/${Bucket}/k`, { 'access-control-request-headers': 'X-Amz-Meta-A, Content-Type' });
    assert.equal(allowed.status, 200);
    assert.equal(allowed.headers['access-control-allow-origin'], origin);
    assert.equal(allowed.headers['access-control-allow-methods'], 'PUT, GET');
    assert.equal(allowed.headers['access-control-allow-headers'], 'x-amz-meta-a, content-type');
    assert.equal(allowed.headers['access-control-max-age'], '60');
    assert.equal((await preflight(`/${Bucket}/k`, { 'access-control-request-headers': 'x-other' })).status, 403);
    assert.equal((await preflight(`/${Bucket}/k`, { 'access-control-request-method': 'DELETE' })).status, 403);
    assert.equal((await preflight(`/${Bucket}/k`, { origin: 'http://localhost:4000' })).status, 403);
    const put = await ask('PUT', `/${Bucket}/k`, { origin }, 'x');
    assert.equal(put.headers['access-control-allow-origin'], origin);
    assert.equal(put.headers['access-control-expose-headers'], 'ETag');
    const other = await ask('GET', `/${Bucket}/k`, { origin: 'http://localhost:4000' });
    assert.equal(other.headers['access-control-allow-origin'], undefined);
  });

  test('of the web are kept out, whatever a bucket allows', async () => {
    const Bucket = await newBucket(client);
    const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }];
    await client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    assert.equal((await ask('GET', `/${Bucket}`, { origin: 'https://evil.com' })).status, 403);
  });
});

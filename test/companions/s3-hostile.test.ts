/** What no well-meaning client sends, byte by byte: answered in S3's form, and nothing else is hurt. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { eventually } from '../kit/eventually.ts';
import { RawConnection } from '../kit/raw-connection.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { newBucket, s3Client } from './s3-client.ts';

const daemon = await TestDaemon.start();
const client = s3Client(daemon);
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
});

async function send(method: string, path: string, body: string | Buffer = '', headers: Record<string, string> = {}) {
  const answer = await daemon.fetch(path, { method, headers, ...(method === 'GET' ? {} : { body }) });
  const text = await answer.text();
  return { status: answer.status, code: /<Code>(\w+)<\/Code>/.exec(text)?.[1], text, headers: answer.headers };
}

const deletion = '<Delete><Object><Key>a</Key></Object></Delete>';

suite('documents', () => {
  test('that are no XML, have entities, or are another document are malformed', async () => {
    const bucket = await newBucket(client);
    const entities = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">';
    for (const body of [
      'nonsense',
      '<',
      '<Delete>',
      '<Delete></Deleted>',
      '<Delete/><Delete/>',
      '<Other/>',
      '<Delete><Object/></Delete>',
      '<Delete><__proto__><Key>a</Key></__proto__></Delete>',
      '<Delete><Object><Key>&unknown;</Key></Object></Delete>',
      '<Delete><Object><Key>&#99999999;</Key></Object></Delete>',
      `<!DOCTYPE Delete [${entities}]><Delete><Object><Key>&b;</Key></Object></Delete>`,
      '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Delete/>',
      '<a>'.repeat(5000) + '</a>'.repeat(5000),
      '\u0000\u0001',
      Buffer.from([0xff, 0xfe, 0xfd]),
    ]) {
      const { status, code } = await send('POST', `/${bucket}?delete`, body);
      assert.deepEqual([status, code], [400, 'MalformedXML'], String(body).slice(0, 80));
    }
    assert.equal((await send('POST', `/${bucket}?delete`)).code, 'MissingRequestBodyError');
    assert.equal(
      (await send('POST', `/${bucket}?delete`, Buffer.alloc(3 * 1024 * 1024, 'x'))).code,
      'MaxMessageLengthExceeded',
    );
    assert.equal((await send('POST', `/${bucket}?delete`, deletion)).status, 200);
  });

  test('of any bytes never fail in the daemon', async () => {
    const bucket = await newBucket(client);
    const part = fc.constantFrom(
      '<',
      '>',
      '/',
      'Delete',
      'Object',
      'Key',
      '&',
      ';',
      '#x',
      '"',
      '=',
      ' ',
      'é',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?xml',
      '?>',
      '\u0000',
    );
    const property = fc.asyncProperty(fc.array(part, { maxLength: 30 }), async (parts) => {
      const { status } = await send('POST', `/${bucket}?delete`, parts.join(''));
      assert.ok(status < 500, parts.join(''));
    });
    await fc.assert(property, { numRuns: 150 });
  });

  test('are checked against their digests', async () => {
    const bucket = await newBucket(client);
    const md5 = { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    assert.equal((await send('POST', `/${bucket}?delete`, deletion, md5)).code, 'BadDigest');
    const sha256 = { 'x-amz-content-sha256': '0'.repeat(64) };
    assert.equal((await send('POST', `/${bucket}?delete`, deletion, sha256)).code, 'XAmzContentSHA256Mismatch');
  });
});

suite('requests', () => {
  test('that are no operation, or one that is not here, say so', async () => {
    const bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'x' }));
    for (const [method, path, status, code] of [
      ['POST', `/${bucket}`, 405, 'MethodNotAllowed'],
      ['PATCH', `/${bucket}/k`, 405, 'MethodNotAllowed'],
      ['GET', `/${bucket}?analytics&id=1`, 501, 'NotImplemented'],
      ['GET', `/${bucket}/k?torrent`, 501, 'NotImplemented'],
      ['POST', `/${bucket}/k?restore`, 501, 'NotImplemented'],
      ['PUT', `/${bucket}?object-lock`, 501, 'NotImplemented'],
      ['POST', `/${bucket}?versioning`, 405, 'MethodNotAllowed'],
      ['PUT', `/${bucket}/k?retention`, 501, 'NotImplemented'],
      ['PUT', `/${bucket}/k?legal-hold`, 501, 'NotImplemented'],
      ['GET', `/${bucket}/%zz`, 400, 'InvalidURI'],
      ['GET', `/${bucket}/%ff`, 400, 'InvalidURI'],
      ['GET', `/${bucket}?list-type=2&max-keys=x`, 400, 'InvalidArgument'],
      ['GET', `/${bucket}?list-type=2&max-keys=-1`, 400, 'InvalidArgument'],
      ['GET', `/${bucket}?encoding-type=base64`, 400, 'InvalidArgument'],
      ['GET', `/${bucket}/${'k'.repeat(1025)}`, 400, 'KeyTooLongError'],
      ['PUT', `/${bucket}/k?partNumber=x&uploadId=y`, 400, 'InvalidArgument'],
      ['PUT', `/${bucket}/k?partNumber=1&uploadId=y`, 404, 'NoSuchUpload'],
      ['GET', '/no-such-bucket-at-all/k', 404, 'NoSuchBucket'],
    ] as const) {
      const answer = await send(method, path);
      assert.deepEqual([answer.status, answer.code], [status, code], `${method} ${path.slice(0, 60)}`);
      assert.ok(answer.headers.get('x-amz-request-id'));
      assert.ok(answer.headers.get('x-amz-id-2'));
    }
  });

  test('of a key with any character are answered', async () => {
    const bucket = await newBucket(client);
    const property = fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), async (key) => {
      const path = `/${bucket}/${encodeURIComponent(key)}`;
      assert.equal((await send('PUT', path, key)).status, 200);
      assert.equal((await send('GET', path)).text, key);
      assert.equal((await send('GET', `/${bucket}?list-type=2&encoding-type=url`)).status, 200);
      // A reader of XML 1.0 takes control characters by their number at most.
      const listed = (await send('GET', `/${bucket}?list-type=2`)).text;
      assert.equal(/\p{Cc}/u.test(listed.replaceAll('\n', '').replaceAll('\t', '')), false);
      assert.equal((await send('DELETE', path)).status, 204);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test('errors have the form of S3', async () => {
    const { text, headers } = await send('GET', '/no-such-bucket/k');
    assert.match(
      text,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchBucket<\/Code><Message>The specified bucket does not exist<\/Message><BucketName>no-such-bucket<\/BucketName><RequestId>[0-9A-F]{16}<\/RequestId><HostId>[A-Za-z0-9+/=]+<\/HostId><\/Error>$/,
    );
    assert.equal(headers.get('content-type'), 'application/xml');
    const head = await RawConnection.exchange(
      daemon.port,
      'HEAD /no-such-bucket HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
    );
    assert.match(head, /^HTTP\/1\.1 404 /);
    assert.match(head, /\r\n\r\n$/);
  });
});

suite('uploads', () => {
  const chunked = (length: number, more = ''): string =>
    `host: localhost\r\nconnection: close\r\nx-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\ncontent-encoding: aws-chunked\r\nx-amz-decoded-content-length: ${length}\r\n${more}`;
  const upload = (bucket: string, body: string, length: number, more = '') =>
    RawConnection.exchange(
      daemon.port,
      `PUT /${bucket}/k HTTP/1.1\r\n${chunked(length, more)}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  const filesOf = async (): Promise<string[]> =>
    (await readdir(daemon.dataDirectory, { recursive: true })).filter((name) =>
      /\/s3\/[0-9a-f]{32}$/.test(join('/', name)),
    );

  test('in chunks that are cut, wrong or too short are refused', async () => {
    const bucket = await newBucket(client);
    for (const [body, length] of [
      ['5\r\nhello', 5],
      ['5\r\nhello\r\n', 5],
      ['5\r\nhelloXX0\r\n\r\n', 5],
      ['zz\r\nhello\r\n0\r\n\r\n', 5],
      ['5\r\nhello\r\n0\r\n\r\n', 6],
      ['ffffffffffffffff\r\nhello', 5],
      ['', 5],
    ] as const) {
      const answer = await upload(bucket, body, length);
      assert.match(answer, /<Code>IncompleteBody<\/Code>/, body);
    }
    const wrong = await upload(
      bucket,
      '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
      5,
      'x-amz-trailer: x-amz-checksum-crc32\r\n',
    );
    assert.match(wrong, /<Code>BadDigest<\/Code>/);
    const unknown = await send('PUT', `/${bucket}/k`, 'x', { 'x-amz-checksum-xxhash64': 'AAAAAAAAAAA=' });
    assert.equal(unknown.code, 'InvalidRequest');
    assert.equal((await client.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount, 0);
    const signed = `5;chunk-signature=${'0'.repeat(64)}\r\nhello\r\n0;chunk-signature=${'0'.repeat(64)}\r\n\r\n`;
    assert.match(await upload(bucket, signed, 5), /^HTTP\/1\.1 200 /);
    assert.equal((await send('GET', `/${bucket}/k`)).text, 'hello');
    assert.equal((await send('GET', `/${bucket}/k`)).headers.get('content-encoding'), null);
  });

  test('that break off leave no file', async () => {
    const bucket = await newBucket(client);
    const before = await filesOf();
    {
      using connection = await RawConnection.open(`127.0.0.1:${daemon.port}`);
      await connection.write(
        `PUT /${bucket}/k HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n${'x'.repeat(100_000)}`,
      );
      await appears(async () => (await filesOf()).length > before.length);
    }
    await appears(async () => (await filesOf()).length === before.length);
    assert.equal((await client.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount, 0);
  });

  test('that are replaced or deleted leave no file', async () => {
    const bucket = await newBucket(client);
    const before = (await filesOf()).length;
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'x'.repeat(100_000) }));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'k', Body: 'y'.repeat(100_000) }));
    await appears(async () => (await filesOf()).length === before + 1);
    await send('DELETE', `/${bucket}/k`);
    await appears(async () => (await filesOf()).length === before);
  });

  async function appears(condition: () => Promise<boolean>): Promise<void> {
    let holds = false;
    const asked = (async () => {
      while (!holds) holds = await condition();
    })();
    await eventually(() => holds, 'the files are as they should be');
    await asked;
  }
});

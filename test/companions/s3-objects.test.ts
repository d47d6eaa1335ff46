import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { after, suite, test } from 'node:test';
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { TestDaemon } from '../kit/test-daemon.ts';
import { newBucket, refusalOf, s3Client } from './s3-client.ts';

const daemon = await TestDaemon.start();
const client = s3Client(daemon);
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
});

const md5 = (text: string | Buffer): string => `"${createHash('md5').update(text).digest('hex')}"`;

suite('an object', () => {
  test('comes back as it was put, with all that was said of it', async () => {
    const Bucket = await newBucket(client);
    const put = await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a/b c+d%ü//../x',
        Body: 'hello',
        ContentType: 'text/plain',
        CacheControl: 'max-age=1',
        ContentDisposition: 'inline',
        ContentEncoding: 'identity',
        ContentLanguage: 'en',
        Metadata: { Color: 'red' },
        Tagging: 'a=1&b=2',
        StorageClass: 'STANDARD_IA',
      }),
    );
    assert.equal(put.ETag, md5('hello'));
    assert.equal(put.ChecksumCRC32, 'NhCmhg==');
    assert.equal(put.ChecksumType, 'FULL_OBJECT');
    assert.equal(put.ServerSideEncryption, 'AES256');
    assert.equal(put.VersionId, undefined);
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'a/b c+d%ü//../x' }));
    assert.equal(await got.Body?.transformToString(), 'hello');
    assert.equal(got.ContentType, 'text/plain');
    assert.equal(got.CacheControl, 'max-age=1');
    assert.equal(got.ContentDisposition, 'inline');
    assert.equal(got.ContentEncoding, 'identity');
    assert.equal(got.ContentLanguage, 'en');
    assert.deepEqual(got.Metadata, { color: 'red' });
    assert.equal(got.TagCount, 2);
    assert.equal(got.StorageClass, 'STANDARD_IA');
    assert.equal(got.AcceptRanges, 'bytes');
    assert.equal(got.ChecksumCRC32, 'NhCmhg==');
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a/b c+d%ü//../x' }));
    assert.equal(head.ContentLength, 5);
    assert.equal(head.ETag, md5('hello'));
    const listed = await client.send(new ListObjectsV2Command({ Bucket }));
    assert.deepEqual(
      listed.Contents?.map(({ Key, Size }) => [Key, Size]),
      [['a/b c+d%ü//../x', 5]],
    );
  });

  test('of no bytes and of many is the same after it went through a file', async () => {
    const Bucket = await newBucket(client);
    for (const size of [0, 1, 16 * 1024, 16 * 1024 + 1, 3_000_000]) {
      const Body = Buffer.alloc(size, 'x');
      await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body }));
      const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
      assert.equal(got.ContentLength, size);
      assert.ok(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body), String(size));
    }
  });

  test('as a stream of unknown pieces is put in chunks with a checksum after them', async () => {
    const Bucket = await newBucket(client);
    const Body = Readable.from([Buffer.alloc(70_000, 'a'), Buffer.from('b'), Buffer.alloc(100_000, 'c')]);
    const put = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 170_001 }));
    assert.ok(put.ChecksumCRC32);
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    assert.equal(got.ContentLength, 170_001);
    assert.equal(got.ContentEncoding, undefined);
    const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    assert.equal(bytes.toString('latin1'), `${'a'.repeat(70_000)}b${'c'.repeat(100_000)}`);
  });

  test('has whichever checksum its client computes, and CRC-64/NVME when it computes none', async () => {
    const Bucket = await newBucket(client);
    for (const algorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const) {
      const put = await client.send(
        new PutObjectCommand({ Bucket, Key: algorithm, Body: 'hello', ChecksumAlgorithm: algorithm }),
      );
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: algorithm, ChecksumMode: 'ENABLED' }));
      assert.ok(put[`Checksum${algorithm}`]);
      assert.equal(head[`Checksum${algorithm}`], put[`Checksum${algorithm}`]);
    }
    const plain = s3Client(daemon, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    await plain.send(new PutObjectCommand({ Bucket, Key: 'none', Body: '123456789' }));
    plain.destroy();
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'none', ChecksumMode: 'ENABLED' }));
    assert.equal(head.ChecksumCRC64NVME, 'rosUhgp5mIg=');
  });
});

suite('reading', () => {
  test('gives the range that is asked for', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const read = async (Range: string) => {
      const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
      return [got.$metadata.httpStatusCode, got.ContentRange, await got.Body?.transformToString()];
    };
    assert.deepEqual(await read('bytes=2-4'), [206, 'bytes 2-4/10', '234']);
    assert.deepEqual(await read('bytes=7-'), [206, 'bytes 7-9/10', '789']);
    assert.deepEqual(await read('bytes=-3'), [206, 'bytes 7-9/10', '789']);
    assert.deepEqual(await read('bytes=5-500'), [206, 'bytes 5-9/10', '56789']);
    assert.deepEqual(await read('bytes=4-2'), [200, undefined, '0123456789']);
    assert.deepEqual(await read('lines=1-2'), [200, undefined, '0123456789']);
    assert.deepEqual(await refusalOf(read('bytes=10-')), {
      code: 'InvalidRange',
      status: 416,
      message: 'The requested range is not satisfiable',
    });
  });

  test('depends on conditions', async () => {
    const Bucket = await newBucket(client);
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const get = (conditions: Partial<ConstructorParameters<typeof GetObjectCommand>[0]>) =>
      client.send(new GetObjectCommand({ Bucket, Key: 'k', ...conditions }));
    const [past, future] = [new Date(0), new Date(Date.now() + 1e7)];
    await get({ IfMatch: ETag });
    await get({ IfNoneMatch: '"other"' });
    await get({ IfModifiedSince: past });
    await get({ IfUnmodifiedSince: future });
    await get({ IfMatch: ETag, IfUnmodifiedSince: past });
    assert.equal((await refusalOf(get({ IfNoneMatch: ETag }))).status, 304);
    assert.equal((await refusalOf(get({ IfModifiedSince: future }))).status, 304);
    for (const conditions of [{ IfMatch: '"other"' }, { IfUnmodifiedSince: past }]) {
      assert.deepEqual(await refusalOf(get(conditions)), {
        code: 'PreconditionFailed',
        status: 412,
        message: 'At least one of the pre-conditions you specified did not hold',
      });
    }
  });

  test('has other headers on request', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const got = await client.send(
      new GetObjectCommand({ Bucket, Key: 'k', ResponseContentType: 'a/b', ResponseContentDisposition: 'attachment' }),
    );
    assert.equal(got.ContentType, 'a/b');
    assert.equal(got.ContentDisposition, 'attachment');
    const line = client.send(new GetObjectCommand({ Bucket, Key: 'k', ResponseContentType: 'a\r\nb: c' }));
    assert.equal((await refusalOf(line)).code, 'InvalidArgument');
  });

  test('what is not there is refused as S3 does it', async () => {
    const Bucket = await newBucket(client);
    assert.deepEqual(await refusalOf(client.send(new GetObjectCommand({ Bucket, Key: 'no' }))), {
      code: 'NoSuchKey',
      status: 404,
      message: 'The specified key does not exist.',
    });
    assert.equal((await refusalOf(client.send(new HeadObjectCommand({ Bucket, Key: 'no' })))).code, 'NotFound');
    assert.deepEqual(await refusalOf(client.send(new GetObjectCommand({ Bucket: 'no-bucket', Key: 'no' }))), {
      code: 'NoSuchBucket',
      status: 404,
      message: 'The specified bucket does not exist',
    });
  });
});

suite('writing', () => {
  test('happens only when the conditions hold', async () => {
    const Bucket = await newBucket(client);
    const put = (conditions: { IfNoneMatch?: string; IfMatch?: string }) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...conditions }));
    assert.equal((await refusalOf(put({ IfMatch: '"e"' }))).code, 'NoSuchKey');
    const { ETag = '' } = await put({ IfNoneMatch: '*' });
    assert.equal((await refusalOf(put({ IfNoneMatch: '*' }))).code, 'PreconditionFailed');
    assert.equal((await refusalOf(put({ IfMatch: '"e"' }))).code, 'PreconditionFailed');
    assert.equal((await refusalOf(put({ IfNoneMatch: ETag }))).code, 'NotImplemented');
    await put({ IfMatch: ETag });
  });

  test('with a wrong digest leaves nothing', async () => {
    const Bucket = await newBucket(client);
    const put = (more: Partial<ConstructorParameters<typeof PutObjectCommand>[0]>) =>
      client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', ...more }));
    assert.equal((await refusalOf(put({ ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }))).code, 'BadDigest');
    assert.equal((await refusalOf(put({ ContentMD5: 'nonsense' }))).code, 'InvalidDigest');
    assert.equal((await refusalOf(put({ ChecksumCRC32: 'AAAAAA==' }))).code, 'BadDigest');
    assert.equal((await refusalOf(put({ ChecksumSHA256: 'AAAA' }))).code, 'InvalidRequest');
    const listed = await client.send(new ListObjectsV2Command({ Bucket }));
    assert.equal(listed.KeyCount, 0);
  });

  test('refuses what it could not keep its word on', async () => {
    const Bucket = await newBucket(client);
    const locked = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ObjectLockLegalHoldStatus: 'ON' });
    assert.equal((await refusalOf(client.send(locked))).code, 'NotImplemented');
    const long = new PutObjectCommand({ Bucket, Key: 'k'.repeat(1025), Body: 'x' });
    assert.equal((await refusalOf(client.send(long))).code, 'KeyTooLongError');
    const wide = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Metadata: { a: 'x'.repeat(2048) } });
    assert.equal((await refusalOf(client.send(wide))).code, 'MetadataTooLarge');
    const cold = new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', StorageClass: 'WARM' as 'GLACIER' });
    assert.equal((await refusalOf(client.send(cold))).code, 'InvalidStorageClass');
  });
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { after, suite, test } from 'node:test';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
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

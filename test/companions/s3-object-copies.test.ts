import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, suite, test } from 'node:test';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
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

suite('copies', () => {
  test('have the content of the source, and its properties or others', async () => {
    const Bucket = await newBucket(client);
    const Body = Buffer.alloc(100_000, 'z');
    await client.send(new PutObjectCommand({ Bucket, Key: 'ä b', Body, Metadata: { a: '1' }, Tagging: 't=1' }));
    const source = `${Bucket}/${encodeURIComponent('ä b')}`;
    await client.send(new CopyObjectCommand({ Bucket, Key: 'same', CopySource: source }));
    await client.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'other',
        CopySource: `/${source}`,
        MetadataDirective: 'REPLACE',
        Metadata: { b: '2' },
        ContentType: 'text/x',
        TaggingDirective: 'REPLACE',
        Tagging: 'u=2',
      }),
    );
    // The source goes, what the copies share with it stays.
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'ä b' }));
    const same = await client.send(new GetObjectCommand({ Bucket, Key: 'same' }));
    assert.deepEqual(same.Metadata, { a: '1' });
    assert.ok(Buffer.from((await same.Body?.transformToByteArray()) ?? []).equals(Body));
    const other = await client.send(new GetObjectCommand({ Bucket, Key: 'other' }));
    assert.deepEqual(other.Metadata, { b: '2' });
    assert.equal(other.ContentType, 'text/x');
    assert.equal(other.ETag, md5(Body));
    await other.Body?.transformToByteArray();
    const tags = await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'other' }));
    assert.deepEqual(tags.TagSet, [{ Key: 'u', Value: '2' }]);
  });

  test('of an object to itself have to change something', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const copy = (more: object) =>
      client.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/k`, ...more }));
    assert.equal((await refusalOf(copy({}))).code, 'InvalidRequest');
    await copy({ MetadataDirective: 'REPLACE' });
    assert.equal((await refusalOf(copy({ CopySource: 'nothing' }))).code, 'InvalidArgument');
    assert.equal((await refusalOf(copy({ CopySource: `${Bucket}/no` }))).code, 'NoSuchKey');
    assert.equal((await refusalOf(copy({ CopySourceIfMatch: '"no"' }))).code, 'PreconditionFailed');
  });
});

suite('other calls', () => {
  test('DeleteObject takes what is not there for deleted', async () => {
    const Bucket = await newBucket(client);
    const deleted = await client.send(new DeleteObjectCommand({ Bucket, Key: 'no' }));
    assert.equal(deleted.$metadata.httpStatusCode, 204);
    assert.equal(deleted.DeleteMarker, undefined);
  });

  test('DeleteObjects tells of each key', async () => {
    const Bucket = await newBucket(client);
    const keys = ['a & <b>', 'c', 'ö'];
    for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const Objects = [...keys, 'no', 'x'.repeat(1025)].map((Key) => ({ Key }));
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.deepEqual(
      Deleted?.map(({ Key }) => Key),
      [...keys, 'no'],
    );
    assert.deepEqual(
      Errors?.map(({ Code }) => Code),
      ['KeyTooLongError'],
    );
    assert.equal((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
    const many = Array.from({ length: 1001 }, (_, index) => ({ Key: `${index}` }));
    const tooMany = client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: many } }));
    assert.equal((await refusalOf(tooMany)).code, 'MalformedXML');
  });

  test('tags are read, changed and limited', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    const put = (TagSet: { Key: string; Value: string }[]) =>
      client.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }));
    await put([{ Key: 'a', Value: '' }]);
    const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }));
    assert.deepEqual(TagSet, [{ Key: 'a', Value: '' }]);
    const twice = [1, 2].map((value) => ({ Key: 'a', Value: `${value}` }));
    assert.equal((await refusalOf(put(twice))).code, 'InvalidTag');
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Key: `${index}`, Value: '' }));
    assert.equal((await refusalOf(put(eleven))).code, 'BadRequest');
  });

  test('GetObjectAttributes says what is asked for', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' }));
    const got = await client.send(
      new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes: ['ETag', 'Checksum', 'ObjectSize'] }),
    );
    assert.equal(got.ETag, md5('hello').slice(1, -1));
    assert.deepEqual(got.Checksum, { ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT' });
    assert.equal(got.ObjectSize, 5);
    assert.equal(got.StorageClass, undefined);
  });
});

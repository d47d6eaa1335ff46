import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { ListObjectsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { TestDaemon } from '../kit/test-daemon.ts';
import { newBucket, refusalOf, s3Client } from './s3-client.ts';

const daemon = await TestDaemon.start();
const client = s3Client(daemon);
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
});

suite('listings', () => {
  test('are encoded, grouped and paged in both forms', async () => {
    const Bucket = await newBucket(client);
    for (const Key of ['a b/1', 'a b/2', 'c+d', 'e&<>', 'ö/x/y']) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    }
    const encoded = await client.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url', Delimiter: '/' }));
    assert.deepEqual(
      encoded.Contents?.map(({ Key }) => Key),
      ['c%2Bd', 'e%26%3C%3E'],
    );
    assert.deepEqual(
      encoded.CommonPrefixes?.map(({ Prefix }) => Prefix),
      ['a+b/', '%C3%B6/'],
    );
    assert.equal(encoded.KeyCount, 4);
    const older = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }));
    assert.deepEqual([older.IsTruncated, older.NextMarker, older.CommonPrefixes], [true, 'a b/', [{ Prefix: 'a b/' }]]);
    const rest = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: older.NextMarker }));
    assert.deepEqual(
      rest.Contents?.map(({ Key }) => Key),
      ['c+d', 'e&<>'],
    );
    assert.ok(rest.Contents?.[0]?.Owner?.ID);
    const second = await client.send(
      new ListObjectsV2Command({ Bucket, StartAfter: 'c', Prefix: 'c', FetchOwner: true }),
    );
    assert.deepEqual(
      second.Contents?.map(({ Key, Owner }) => [Key, Owner !== undefined]),
      [['c+d', true]],
    );
    const none = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }));
    assert.deepEqual([none.KeyCount, none.IsTruncated], [0, false]);
    const lost = client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: 'nonsense' }));
    assert.equal((await refusalOf(lost)).code, 'InvalidArgument');
  });
});

import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { TestDaemon } from '../kit/test-daemon.ts';
import { newBucket, refusalOf, s3Client } from './s3-client.ts';

const daemon = await TestDaemon.start();
const client = s3Client(daemon);
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
});

const keepVersions = (Bucket: string, Status: 'Enabled' | 'Suspended') =>
  client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const put = async (Bucket: string, Key: string, Body: string) =>
  (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
const read = async (Bucket: string, Key: string, VersionId?: string) => {
  const got = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return [await got.Body?.transformToString(), got.VersionId];
};

suite('versions', () => {
  test('are kept, read and deleted each by itself', async () => {
    const Bucket = await newBucket(client);
    assert.equal((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status, undefined);
    assert.equal(await put(Bucket, 'k', 'before'), undefined);
    await keepVersions(Bucket, 'Enabled');
    assert.equal((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status, 'Enabled');
    const first = await put(Bucket, 'k', 'first');
    const second = await put(Bucket, 'k', 'second');
    assert.ok(first && second && first !== second);
    assert.deepEqual(await read(Bucket, 'k'), ['second', second]);
    assert.deepEqual(await read(Bucket, 'k', first), ['first', first]);
    assert.deepEqual(await read(Bucket, 'k', 'null'), ['before', 'null']);
    assert.equal((await refusalOf(read(Bucket, 'k', 'f'.repeat(32)))).code, 'NoSuchVersion');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: second }));
    assert.deepEqual(await read(Bucket, 'k'), ['first', first]);
  });

  test('stay behind a delete marker, which can be deleted itself', async () => {
    const Bucket = await newBucket(client);
    await keepVersions(Bucket, 'Enabled');
    const first = await put(Bucket, 'k', 'first');
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    assert.equal(marker.DeleteMarker, true);
    assert.equal((await refusalOf(read(Bucket, 'k'))).code, 'NoSuchKey');
    assert.deepEqual(await refusalOf(read(Bucket, 'k', marker.VersionId)), {
      code: 'MethodNotAllowed',
      status: 405,
      message: 'The specified method is not allowed against this resource.',
    });
    assert.deepEqual(await read(Bucket, 'k', first), ['first', first]);
    assert.equal((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0);
    assert.equal((await refusalOf(client.send(new DeleteBucketCommand({ Bucket })))).code, 'BucketNotEmpty');
    const removed = await client.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker.VersionId }));
    assert.equal(removed.DeleteMarker, true);
    assert.deepEqual(await read(Bucket, 'k'), ['first', first]);
  });

  test('of a suspended bucket are one that is replaced', async () => {
    const Bucket = await newBucket(client);
    await keepVersions(Bucket, 'Enabled');
    const first = await put(Bucket, 'k', 'first');
    await keepVersions(Bucket, 'Suspended');
    assert.equal(await put(Bucket, 'k', 'a'), 'null');
    assert.equal(await put(Bucket, 'k', 'b'), 'null');
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    assert.deepEqual(
      Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
      [
        ['null', true],
        [first, false],
      ],
    );
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    assert.deepEqual([marker.DeleteMarker, marker.VersionId], [true, 'null']);
    const after = await client.send(new ListObjectVersionsCommand({ Bucket }));
    assert.deepEqual(
      after.Versions?.map(({ VersionId }) => VersionId),
      [first],
    );
    assert.deepEqual(
      after.DeleteMarkers?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
      [['null', true]],
    );
  });

  test('are listed page by page, whole or by prefix', async () => {
    const Bucket = await newBucket(client);
    await keepVersions(Bucket, 'Enabled');
    for (const Key of ['a/1', 'a/2', 'b', 'b', 'b', 'c']) await put(Bucket, Key, 'x');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'b' }));
    const whole = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const expected = [...(whole.Versions ?? []), ...(whole.DeleteMarkers ?? [])].map(
      ({ Key, VersionId }) => `${Key} ${VersionId}`,
    );
    assert.equal(expected.length, 7);
    const listed: string[] = [];
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = [];
    for (let pages = 0; pages < 10; pages++) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, KeyMarker, VersionIdMarker }),
      );
      listed.push(
        ...[...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => `${Key} ${VersionId}`),
      );
      if (page.IsTruncated !== true) break;
      [KeyMarker, VersionIdMarker] = [page.NextKeyMarker, page.NextVersionIdMarker];
    }
    assert.deepEqual(listed.toSorted(), expected.toSorted());
    const grouped = await client.send(new ListObjectVersionsCommand({ Bucket, Delimiter: '/' }));
    assert.deepEqual(grouped.CommonPrefixes, [{ Prefix: 'a/' }]);
    assert.equal(grouped.Versions?.length, 4);
  });

  test('are deleted many at once, as cleaning up does it', async () => {
    const Bucket = await newBucket(client);
    await keepVersions(Bucket, 'Enabled');
    for (const Key of ['a', 'a', 'b']) await put(Bucket, Key, 'x'.repeat(20_000));
    const gone = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }] } }));
    assert.equal(gone.Deleted?.[0]?.DeleteMarker, true);
    assert.ok(gone.Deleted?.[0]?.DeleteMarkerVersionId);
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    assert.equal(Errors, undefined);
    await client.send(new DeleteBucketCommand({ Bucket }));
  });
});

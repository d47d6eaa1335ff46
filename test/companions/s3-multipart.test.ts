import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, suite, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { TestDaemon } from '../kit/test-daemon.ts';
import { newBucket, refusalOf, s3Client } from './s3-client.ts';

const daemon = await TestDaemon.start();
const client = s3Client(daemon);
after(async () => {
  client.destroy();
  await daemon[Symbol.asyncDispose]();
});

const smallest = 5 * 1024 * 1024;
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
const wholeOf = async (Bucket: string, Key: string, more = {}) =>
  Buffer.from(
    (await (await client.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToByteArray()) ?? [],
  );

suite('an object in parts', () => {
  test('goes up with the SDK and comes down whole, by range and by part', async () => {
    const Bucket = await newBucket(client);
    const Body = Buffer.concat([Buffer.alloc(smallest, 'a'), Buffer.alloc(smallest, 'b'), Buffer.from('end')]);
    const upload = new Upload({ client, params: { Bucket, Key: 'k', Body, ContentType: 'x/y' }, partSize: smallest });
    const done = await upload.done();
    const parts = [0, 1, 2].map((index) => md5(Body.subarray(index * smallest, (index + 1) * smallest)));
    assert.equal(done.ETag, `"${md5(Buffer.concat(parts)).toString('hex')}-3"`);
    assert.ok((await wholeOf(Bucket, 'k')).equals(Body));
    assert.equal((await wholeOf(Bucket, 'k', { Range: `bytes=${smallest - 2}-${smallest + 1}` })).toString(), 'aabb');
    assert.equal((await wholeOf(Bucket, 'k', { PartNumber: 3 })).toString(), 'end');
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'k', PartNumber: 1, ChecksumMode: 'ENABLED' }));
    assert.deepEqual([head.PartsCount, head.ContentLength, head.ContentType], [3, smallest, 'x/y']);
    const attributes = await client.send(
      new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes: ['ObjectParts', 'Checksum'] }),
    );
    assert.equal(attributes.ObjectParts?.TotalPartsCount, 3);
    assert.deepEqual(
      attributes.ObjectParts?.Parts?.map(({ Size }) => Size),
      [smallest, smallest, 3],
    );
    // A copy is one piece.
    const copy = await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/k` }));
    assert.equal(copy.CopyObjectResult?.ETag, `"${md5(Body).toString('hex')}"`);
  });

  test('has the checksum of the whole where its kind is that', async () => {
    const Bucket = await newBucket(client);
    const bytes = [Buffer.alloc(smallest, 'q'), Buffer.from('tail')];
    for (const [algorithm, type] of [
      ['CRC64NVME', undefined],
      ['CRC32', 'FULL_OBJECT'],
      ['CRC32C', 'COMPOSITE'],
      ['SHA256', undefined],
    ] as const) {
      const { UploadId, ChecksumType } = await client.send(
        new CreateMultipartUploadCommand({ Bucket, Key: 'k', ChecksumAlgorithm: algorithm, ChecksumType: type }),
      );
      const Parts: CompletedPart[] = [];
      for (const [index, Body] of bytes.entries()) {
        const PartNumber = index + 1;
        const part = await client.send(
          new UploadPartCommand({
            Bucket,
            Key: 'k',
            UploadId,
            PartNumber,
            Body,
            ...(algorithm === 'CRC64NVME' ? {} : { ChecksumAlgorithm: algorithm }),
          }),
        );
        Parts.push({ PartNumber, ETag: part.ETag, [`Checksum${algorithm}`]: part[`Checksum${algorithm}`] });
      }
      await client.send(new PutObjectCommand({ Bucket, Key: 'one', Body: Buffer.concat(bytes) }));
      const whole = await client.send(
        new CopyObjectCommand({ Bucket, Key: 'other', CopySource: `${Bucket}/one`, ChecksumAlgorithm: algorithm }),
      );
      const expected = whole.CopyObjectResult?.[`Checksum${algorithm}`];
      const isWhole = ChecksumType === 'FULL_OBJECT';
      const complete = (checksum: string | undefined) =>
        client.send(
          new CompleteMultipartUploadCommand({
            Bucket,
            Key: 'k',
            UploadId,
            MultipartUpload: { Parts },
            ...(isWhole ? { [`Checksum${algorithm}`]: checksum, ChecksumType, MpuObjectSize: smallest + 4 } : {}),
          }),
        );
      if (isWhole) {
        const wrong = Buffer.alloc(algorithm === 'CRC64NVME' ? 8 : 4).toString('base64');
        assert.equal((await refusalOf(complete(wrong))).code, 'BadDigest');
      }
      const done = await complete(expected);
      assert.equal(done.ChecksumType, ChecksumType, algorithm);
      if (isWhole) assert.equal(done[`Checksum${algorithm}`], expected, algorithm);
      else assert.match(done[`Checksum${algorithm}`] ?? '', /^[A-Za-z0-9+/]+=*-2$/, algorithm);
    }
  });

  test('may take parts from other objects', async () => {
    const Bucket = await newBucket(client);
    await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: Buffer.alloc(smallest + 10, 's') }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    const copy = (PartNumber: number, CopySourceRange: string) =>
      client.send(
        new UploadPartCopyCommand({
          Bucket,
          Key: 'k',
          UploadId,
          PartNumber,
          CopySource: `${Bucket}/source`,
          CopySourceRange,
        }),
      );
    const first = await copy(1, `bytes=0-${smallest - 1}`);
    const second = await copy(2, 'bytes=0-4');
    assert.equal((await refusalOf(copy(3, `bytes=0-${smallest + 10}`))).code, 'InvalidArgument');
    const Parts = [first, second].map(({ CopyPartResult }, index) => ({
      PartNumber: index + 1,
      ETag: CopyPartResult?.ETag,
    }));
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'k', UploadId, MultipartUpload: { Parts } }));
    assert.equal((await wholeOf(Bucket, 'k')).length, smallest + 5);
  });

  test('is refused when its parts are not as they should be, and can be completed then', async () => {
    const Bucket = await newBucket(client);
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
    const upload = async (PartNumber: number, Body: string) =>
      (await client.send(new UploadPartCommand({ Bucket, Key: 'k', UploadId, PartNumber, Body }))).ETag;
    const complete = (Parts: { PartNumber: number; ETag: string | undefined }[], Key = 'k') =>
      client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    const [one, two] = [await upload(1, 'small'), await upload(2, 'other')];
    assert.equal((await refusalOf(upload(0, 'x'))).code, 'InvalidArgument');
    assert.equal((await refusalOf(upload(10_001, 'x'))).code, 'InvalidArgument');
    assert.equal(
      (
        await refusalOf(
          complete([
            { PartNumber: 2, ETag: two },
            { PartNumber: 1, ETag: one },
          ]),
        )
      ).code,
      'InvalidPartOrder',
    );
    assert.equal((await refusalOf(complete([{ PartNumber: 1, ETag: two }]))).code, 'InvalidPart');
    assert.equal((await refusalOf(complete([{ PartNumber: 3, ETag: two }]))).code, 'InvalidPart');
    assert.equal(
      (
        await refusalOf(
          complete([
            { PartNumber: 1, ETag: one },
            { PartNumber: 2, ETag: two },
          ]),
        )
      ).code,
      'EntityTooSmall',
    );
    assert.equal((await refusalOf(complete([]))).code, 'MalformedXML');
    assert.equal((await refusalOf(complete([{ PartNumber: 1, ETag: one }], 'other'))).code, 'NoSuchUpload');
    await complete([{ PartNumber: 2, ETag: two }]);
    assert.equal((await wholeOf(Bucket, 'k')).toString(), 'other');
    assert.equal((await refusalOf(complete([{ PartNumber: 2, ETag: two }]))).code, 'NoSuchUpload');
  });

  test('is listed while it is under way, and gone when it is given up', async () => {
    const Bucket = await newBucket(client);
    const begin = async (Key: string) =>
      (await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId;
    const [a, b] = [await begin('a/1'), await begin('b')];
    await client.send(
      new UploadPartCommand({ Bucket, Key: 'b', UploadId: b, PartNumber: 7, Body: 'x'.repeat(20_000) }),
    );
    await client.send(new UploadPartCommand({ Bucket, Key: 'b', UploadId: b, PartNumber: 3, Body: 'y' }));
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: '/' }));
    assert.deepEqual(
      uploads.Uploads?.map(({ Key, UploadId }) => [Key, UploadId]),
      [['b', b]],
    );
    assert.deepEqual(uploads.CommonPrefixes, [{ Prefix: 'a/' }]);
    const first = await client.send(new ListPartsCommand({ Bucket, Key: 'b', UploadId: b, MaxParts: 1 }));
    assert.deepEqual([first.IsTruncated, first.Parts?.[0]?.PartNumber, first.NextPartNumberMarker], [true, 3, '3']);
    const rest = await client.send(new ListPartsCommand({ Bucket, Key: 'b', UploadId: b, PartNumberMarker: '3' }));
    assert.deepEqual(
      rest.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [[7, 20_000]],
    );
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'b', UploadId: b }));
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'a/1', UploadId: a }));
    const list = client.send(new ListPartsCommand({ Bucket, Key: 'b', UploadId: b }));
    assert.equal((await refusalOf(list)).code, 'NoSuchUpload');
  });
});

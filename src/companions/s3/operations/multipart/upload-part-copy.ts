/** Makes a part of an object of a piece of another one; what they hold is kept once. */
import { dateOf } from '../../../../kernel/timestamp.ts';
import { checksumMember } from '../../checksum/checksum-algorithm.ts';
import { release, shared } from '../../content/content.ts';
import { digestContent } from '../../content/digest-content.ts';
import { checkPartNumber, requireUpload } from '../../multipart/require-upload.ts';
import { storePart } from '../../multipart/store-part.ts';
import { copySource } from '../../object/copy-source.ts';
import { quoted } from '../../object/object-output.ts';
import type { S3Operation } from '../../s3-call.ts';
import { invalidArgument } from '../../s3-error.ts';

/**
 * `UploadPartCopy`.
 * @throws ServiceError NoSuchUpload, NoSuchKey, PreconditionFailed, InvalidArgument for a range that is not in the source
 * @see Amazon S3 API reference, UploadPartCopy
 */
export const uploadPartCopy: S3Operation<'UploadPartCopy'> = async (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  checkPartNumber(input.PartNumber);
  const upload = requireUpload(bucket, input.Key, input.UploadId);
  const source = copySource(input, call);
  const { start, length } = sourceRange(input.CopySourceRange, source.version.content.size);
  const content = shared(source.version.content, start, length);
  const { md5, checksum } = await digestContent(content, upload.algorithm).catch((error: unknown) => {
    release(content);
    throw error;
  });
  const part = {
    number: input.PartNumber,
    content,
    etag: md5.toString('hex'),
    checksum: checksum.toString('base64'),
    lastModified: call.clock.now(),
  };
  storePart(bucket, upload, part, call);
  const { VersionId: sourceVersion } = source.bucket.shownVersion(source.version.versionId);
  return {
    ...upload.traits.encryption,
    ...(sourceVersion === undefined ? {} : { CopySourceVersionId: sourceVersion }),
    CopyPartResult: {
      ETag: quoted(part.etag),
      LastModified: dateOf(part.lastModified),
      ...checksumMember(upload.algorithm, part.checksum),
    },
  };
};

function sourceRange(range: string | undefined, size: number) {
  if (range === undefined) return { start: 0, length: size };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const [start, end] = [Number(first), Number(last)];
  if (first === undefined || last === undefined || end < start) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      range,
    );
  }
  if (end >= size) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${size}`,
      'x-amz-copy-source-range',
      range,
    );
  }
  return { start, length: end - start + 1 };
}

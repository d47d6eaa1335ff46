/** Takes a part of an object in. */
import { checksumMember } from '../../checksum/checksum-algorithm.ts';
import { checkPartNumber, requireUpload } from '../../multipart/require-upload.ts';
import { storePart } from '../../multipart/store-part.ts';
import { quoted } from '../../object/object-output.ts';
import type { S3Operation } from '../../s3-call.ts';
import { largestPut } from '../../s3-limits.ts';

/** `UploadPart`. @throws ServiceError NoSuchUpload, BadDigest. @see Amazon S3 API reference, UploadPart */
export const uploadPart: S3Operation<'UploadPart'> = async (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  checkPartNumber(input.PartNumber);
  const upload = requireUpload(bucket, input.Key, input.UploadId);
  const { content, md5, checksum } = await call.receive(largestPut, upload.algorithm);
  const etag = md5.toString('hex');
  const part = { number: input.PartNumber, content, etag, checksum: checksum.value, lastModified: call.clock.now() };
  storePart(bucket, upload, part, call);
  return {
    ETag: quoted(etag),
    ...upload.traits.encryption,
    ...checksumMember(upload.algorithm, checksum.value),
  };
};

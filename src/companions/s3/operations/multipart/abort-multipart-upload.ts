/** Gives an upload up. */
import { releaseParts } from '../../multipart/multipart-upload.ts';
import { requireUpload } from '../../multipart/require-upload.ts';
import type { S3Operation } from '../../s3-call.ts';

/** `AbortMultipartUpload`. @throws ServiceError NoSuchUpload. @see Amazon S3 API reference, AbortMultipartUpload */
export const abortMultipartUpload: S3Operation<'AbortMultipartUpload'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const upload = requireUpload(bucket, input.Key, input.UploadId);
  bucket.uploads.delete(upload.id);
  releaseParts(upload);
  return {};
};

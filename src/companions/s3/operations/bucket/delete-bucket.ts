/** Deletes a bucket that holds nothing. */
import { releaseParts } from '../../multipart/multipart-upload.ts';
import type { S3Operation } from '../../s3-call.ts';
import { bucketNotEmpty } from '../../s3-error.ts';

/**
 * `DeleteBucket`. Uploads that are under way end with it.
 * @throws ServiceError NoSuchBucket, BucketNotEmpty
 * @see Amazon S3 API reference, DeleteBucket
 */
export const deleteBucket: S3Operation<'DeleteBucket'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  if (bucket.objects.keys.length > 0) throw bucketNotEmpty(bucket.name, bucket.versioning !== undefined);
  for (const upload of bucket.uploads.values()) releaseParts(upload);
  call.buckets.remove(bucket.name);
  return {};
};

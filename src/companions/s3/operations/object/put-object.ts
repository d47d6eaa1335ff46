/** Stores an object. */

import { checksumOutput, quoted } from '../../object/object-output.ts';
import { objectTraits } from '../../object/object-traits.ts';
import { storeVersion } from '../../object/store-version.ts';
import type { S3Operation } from '../../s3-call.ts';
import { largestPut } from '../../s3-limits.ts';

/**
 * `PutObject`.
 * @throws ServiceError NoSuchBucket, BadDigest, PreconditionFailed, EntityTooLarge and more
 * @see Amazon S3 API reference, PutObject
 */
export const putObject: S3Operation<'PutObject'> = async (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const traits = objectTraits(input, call.headers, bucket);
  const { content, md5, checksum } = await call.receive(largestPut);
  const object = { ...traits, key: input.Key, content, etag: md5.toString('hex'), checksum };
  const version = storeVersion(bucket, object, input, call);
  call.notifier.created(bucket, 'ObjectCreated:Put', version, call);
  return {
    ...bucket.shownVersion(version.versionId),
    ...version.encryption,
    ...checksumOutput(checksum),
    ETag: quoted(version.etag),
  };
};

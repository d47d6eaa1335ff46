/** Deletes an object or one of its versions. */
import { deleteVersion } from '../../object/delete-version.ts';
import type { S3Operation } from '../../s3-call.ts';

/**
 * `DeleteObject`.
 * @see Amazon S3 API reference, DeleteObject
 */
export const deleteObject: S3Operation<'DeleteObject'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const { Key: key, VersionId: named, IfMatch: ifMatch } = input;
  const { versionId, isMarker } = deleteVersion(bucket, { key, versionId: named, ifMatch }, call);
  return {
    ...(isMarker ? { DeleteMarker: true } : {}),
    ...(versionId === undefined ? {} : bucket.shownVersion(versionId)),
  };
};

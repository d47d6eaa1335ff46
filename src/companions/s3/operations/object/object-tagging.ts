/** Reads and changes the tags of an object: three operations of a few lines on one noun. */
import { findVersion } from '../../object/find-version.ts';
import { checkedTags } from '../../object/object-tags.ts';
import type { S3Operation } from '../../s3-call.ts';

/** @see Amazon S3 API reference, GetObjectTagging */
export const getObjectTagging: S3Operation<'GetObjectTagging'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const version = findVersion(bucket, input.Key, input.VersionId);
  return { ...bucket.shownVersion(version.versionId), TagSet: [...version.tags] };
};

/** @throws ServiceError InvalidTag, BadRequest for too many. @see Amazon S3 API reference, PutObjectTagging */
export const putObjectTagging: S3Operation<'PutObjectTagging'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const version = findVersion(bucket, input.Key, input.VersionId);
  const changed = { ...version, tags: checkedTags(input.Tagging.TagSet) };
  bucket.objects.replace(changed);
  call.notifier.changed(bucket, 'ObjectTagging:Put', changed, call);
  return bucket.shownVersion(version.versionId);
};

/** @see Amazon S3 API reference, DeleteObjectTagging */
export const deleteObjectTagging: S3Operation<'DeleteObjectTagging'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const version = findVersion(bucket, input.Key, input.VersionId);
  const changed = { ...version, tags: [] };
  bucket.objects.replace(changed);
  call.notifier.changed(bucket, 'ObjectTagging:Delete', changed, call);
  return bucket.shownVersion(version.versionId);
};

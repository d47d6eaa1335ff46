/** Reads and changes the tags of a bucket. */
import { checkedTags } from '../../object/object-tags.ts';
import type { S3Operation } from '../../s3-call.ts';
import { notConfigured } from '../../s3-error.ts';

const most = 50;

/** @throws ServiceError NoSuchTagSet. @see Amazon S3 API reference, GetBucketTagging */
export const getBucketTagging: S3Operation<'GetBucketTagging'> = (input, call) => {
  const { name, settings } = call.buckets.require(input.Bucket);
  if (settings.tags === undefined) throw notConfigured('NoSuchTagSet', 'The TagSet does not exist', name);
  return { TagSet: settings.tags };
};

/** @throws ServiceError InvalidTag. @see Amazon S3 API reference, PutBucketTagging */
export const putBucketTagging: S3Operation<'PutBucketTagging'> = (input, call) => {
  const { settings } = call.buckets.require(input.Bucket);
  settings.tags = checkedTags(input.Tagging.TagSet, most);
  return {};
};

/** @see Amazon S3 API reference, DeleteBucketTagging */
export const deleteBucketTagging: S3Operation<'DeleteBucketTagging'> = (input, call) => {
  delete call.buckets.require(input.Bucket).settings.tags;
  return {};
};

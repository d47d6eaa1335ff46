/** Reads and changes who owns what others put into a bucket. */
import type { S3Operation } from '../../s3-call.ts';
import { malformedXml, notConfigured } from '../../s3-error.ts';

/** @throws ServiceError OwnershipControlsNotFoundError. @see Amazon S3 API reference, GetBucketOwnershipControls */
export const getBucketOwnershipControls: S3Operation<'GetBucketOwnershipControls'> = (input, call) => {
  const { name, settings } = call.buckets.require(input.Bucket);
  if (settings.ownership === undefined) {
    throw notConfigured('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', name);
  }
  return { OwnershipControls: settings.ownership };
};

/** @throws ServiceError MalformedXML. @see Amazon S3 API reference, PutBucketOwnershipControls */
export const putBucketOwnershipControls: S3Operation<'PutBucketOwnershipControls'> = (input, call) => {
  const { settings } = call.buckets.require(input.Bucket);
  if (input.OwnershipControls.Rules?.length !== 1) throw malformedXml();
  settings.ownership = input.OwnershipControls;
  return {};
};

/** @see Amazon S3 API reference, DeleteBucketOwnershipControls */
export const deleteBucketOwnershipControls: S3Operation<'DeleteBucketOwnershipControls'> = (input, call) => {
  delete call.buckets.require(input.Bucket).settings.ownership;
  return {};
};

/** Reads and changes how a bucket's objects are said to be encrypted. */
import { defaultEncryption } from '../../bucket/bucket-settings.ts';
import type { S3Operation } from '../../s3-call.ts';
import { malformedXml } from '../../s3-error.ts';

/** There always is one. @see Amazon S3 API reference, GetBucketEncryption */
export const getBucketEncryption: S3Operation<'GetBucketEncryption'> = (input, call) => ({
  ServerSideEncryptionConfiguration: call.buckets.require(input.Bucket).settings.encryption,
});

/** @throws ServiceError MalformedXML. @see Amazon S3 API reference, PutBucketEncryption */
export const putBucketEncryption: S3Operation<'PutBucketEncryption'> = (input, call) => {
  const { settings } = call.buckets.require(input.Bucket);
  const { Rules: rules } = input.ServerSideEncryptionConfiguration;
  if (rules.length !== 1) throw malformedXml();
  settings.encryption = { Rules: rules.map((rule) => ({ BucketKeyEnabled: false, ...rule })) };
  return {};
};

/** Back to what a new bucket has. @see Amazon S3 API reference, DeleteBucketEncryption */
export const deleteBucketEncryption: S3Operation<'DeleteBucketEncryption'> = (input, call) => {
  call.buckets.require(input.Bucket).settings.encryption = defaultEncryption;
  return {};
};

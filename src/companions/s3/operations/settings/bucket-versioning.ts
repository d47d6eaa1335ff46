/** Reads and changes whether a bucket keeps versions. */
import type { S3Operation } from '../../s3-call.ts';
import { malformedXml, notImplementedHeader } from '../../s3-error.ts';

/** Empty for a bucket that never did. @see Amazon S3 API reference, GetBucketVersioning */
export const getBucketVersioning: S3Operation<'GetBucketVersioning'> = (input, call) => {
  const { versioning } = call.buckets.require(input.Bucket);
  return versioning === undefined ? {} : { Status: versioning };
};

/** @throws ServiceError MalformedXML. @see Amazon S3 API reference, PutBucketVersioning */
export const putBucketVersioning: S3Operation<'PutBucketVersioning'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const { Status: status, MFADelete: mfaDelete } = input.VersioningConfiguration;
  if (mfaDelete === 'Enabled') throw notImplementedHeader('x-amz-mfa');
  if (status === undefined) throw malformedXml();
  bucket.versioning = status;
  return {};
};

/** Reads and changes what a bucket keeps from the public. */
import type { S3Operation } from '../../s3-call.ts';
import { notConfigured } from '../../s3-error.ts';

const nothingBlocked = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

/** @throws ServiceError NoSuchPublicAccessBlockConfiguration. @see Amazon S3 API reference, GetPublicAccessBlock */
export const getPublicAccessBlock: S3Operation<'GetPublicAccessBlock'> = (input, call) => {
  const { name, settings } = call.buckets.require(input.Bucket);
  if (settings.publicAccess === undefined) {
    throw notConfigured(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
      name,
    );
  }
  return { PublicAccessBlockConfiguration: settings.publicAccess };
};

/** @see Amazon S3 API reference, PutPublicAccessBlock */
export const putPublicAccessBlock: S3Operation<'PutPublicAccessBlock'> = (input, call) => {
  const { settings } = call.buckets.require(input.Bucket);
  settings.publicAccess = { ...nothingBlocked, ...input.PublicAccessBlockConfiguration };
  return {};
};

/** @see Amazon S3 API reference, DeletePublicAccessBlock */
export const deletePublicAccessBlock: S3Operation<'DeletePublicAccessBlock'> = (input, call) => {
  delete call.buckets.require(input.Bucket).settings.publicAccess;
  return {};
};

/** Says where a bucket is, in the terms of its creation. */
import type { S3Operation } from '../../s3-call.ts';

/** Nothing stands for us-east-1. @see Amazon S3 API reference, GetBucketLocation */
export const getBucketLocation: S3Operation<'GetBucketLocation'> = (input, call) => {
  const { region } = call.buckets.require(input.Bucket);
  return region === 'us-east-1' ? {} : { LocationConstraint: region as 'eu-west-1' };
};

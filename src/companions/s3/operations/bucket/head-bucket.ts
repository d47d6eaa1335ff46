/** Says whether there is a bucket, and where. */
import type { S3Operation } from '../../s3-call.ts';

/** @see Amazon S3 API reference, HeadBucket */
export const headBucket: S3Operation<'HeadBucket'> = (input, call) => {
  const { name, region } = call.buckets.require(input.Bucket);
  return { BucketRegion: region, BucketArn: `arn:${call.scope.partition}:s3:::${name}`, AccessPointAlias: false };
};

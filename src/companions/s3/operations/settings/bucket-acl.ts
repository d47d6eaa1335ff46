/** Reads and changes the access control list of a bucket. */
import { ServiceError } from '../../../../aws/service-error.ts';
import { aclOutput, cannedAcl } from '../../bucket/acl.ts';
import type { Bucket } from '../../bucket/bucket.ts';
import type { S3Operation } from '../../s3-call.ts';

/** @see Amazon S3 API reference, GetBucketAcl */
export const getBucketAcl: S3Operation<'GetBucketAcl'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  return aclOutput(bucket, bucket.settings.acl);
};

/** @throws ServiceError AccessControlListNotSupported. @see Amazon S3 API reference, PutBucketAcl */
export const putBucketAcl: S3Operation<'PutBucketAcl'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const acl = input.ACL ?? cannedAcl(input.AccessControlPolicy ?? {});
  requireAcls(bucket, acl);
  bucket.settings.acl = acl;
  return {};
};

/**
 * Most buckets leave access to policies: then only what changes nothing is accepted.
 * @see Amazon S3 user guide, "Controlling ownership of objects and disabling ACLs"
 */
export function requireAcls({ settings }: Bucket, acl: string): void {
  const isEnforced = settings.ownership?.Rules?.some(
    ({ ObjectOwnership: ownership }) => ownership === 'BucketOwnerEnforced',
  );
  if (isEnforced !== true || acl === 'private' || acl === 'bucket-owner-full-control') return;
  throw new ServiceError('AccessControlListNotSupported', 'The bucket does not allow ACLs', { status: 400 });
}

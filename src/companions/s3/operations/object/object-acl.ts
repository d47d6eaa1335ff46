/** Reads and changes the access control list of an object: two operations of a few lines on one noun. */
import { aclOutput, cannedAcl } from '../../bucket/acl.ts';
import { findVersion } from '../../object/find-version.ts';
import type { S3Operation } from '../../s3-call.ts';
import { requireAcls } from '../settings/bucket-acl.ts';

/** @see Amazon S3 API reference, GetObjectAcl */
export const getObjectAcl: S3Operation<'GetObjectAcl'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  return aclOutput(bucket, findVersion(bucket, input.Key, input.VersionId).acl);
};

/** @throws ServiceError AccessControlListNotSupported. @see Amazon S3 API reference, PutObjectAcl */
export const putObjectAcl: S3Operation<'PutObjectAcl'> = (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const version = findVersion(bucket, input.Key, input.VersionId);
  const acl = input.ACL ?? cannedAcl(input.AccessControlPolicy ?? {});
  requireAcls(bucket, acl);
  const changed = { ...version, acl };
  bucket.objects.replace(changed);
  call.notifier.changed(bucket, 'ObjectAcl:Put', changed, call);
  return {};
};

/** What is configured of a bucket: kept as it was put, and given back. */
import type { S3Operations } from '../../../aws/generated/s3-operations.ts';
import type { S3Input } from '../s3-types.ts';

type Put<Name extends keyof S3Operations, Member extends keyof S3Input<Name>> = NonNullable<S3Input<Name>[Member]>;

export interface BucketSettings {
  accelerate?: Put<'PutBucketAccelerateConfiguration', 'AccelerateConfiguration'>['Status'];
  acl: string;
  cors?: Put<'PutBucketCors', 'CORSConfiguration'>['CORSRules'];
  encryption: Put<'PutBucketEncryption', 'ServerSideEncryptionConfiguration'>;
  lifecycle?: Put<'PutBucketLifecycleConfiguration', 'LifecycleConfiguration'>['Rules'];
  /** What of an object's size a transition waits for; its members have no other place. */
  lifecycleMinimumSize?: S3Input<'PutBucketLifecycleConfiguration'>['TransitionDefaultMinimumObjectSize'];
  logging?: Put<'PutBucketLogging', 'BucketLoggingStatus'>['LoggingEnabled'];
  notification: Put<'PutBucketNotificationConfiguration', 'NotificationConfiguration'>;
  ownership?: Put<'PutBucketOwnershipControls', 'OwnershipControls'>;
  policy?: string;
  publicAccess?: Put<'PutPublicAccessBlock', 'PublicAccessBlockConfiguration'>;
  replication?: Put<'PutBucketReplication', 'ReplicationConfiguration'>;
  requestPayer: string;
  tags?: Put<'PutBucketTagging', 'Tagging'>['TagSet'];
  website?: Put<'PutBucketWebsite', 'WebsiteConfiguration'>;
}

export const defaultEncryption: BucketSettings['encryption'] = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
};

/** Of a new bucket. Source: Amazon S3 user guide, "Default settings for new S3 buckets". */
export const newSettings = (): BucketSettings => ({
  acl: 'private',
  encryption: defaultEncryption,
  notification: {},
  ownership: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  publicAccess: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
  requestPayer: 'BucketOwner',
});

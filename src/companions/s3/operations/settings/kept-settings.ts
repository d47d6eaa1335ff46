/**
 * Settings of a bucket that are kept and given back and that change nothing on one machine: acceleration, logging,
 * replication, who pays, websites, object locks. Each is read by tools that describe a bucket whole.
 */
import type { S3Operation } from '../../s3-call.ts';
import { notConfigured } from '../../s3-error.ts';

/** @see Amazon S3 API reference, GetBucketAccelerateConfiguration */
export const getBucketAccelerateConfiguration: S3Operation<'GetBucketAccelerateConfiguration'> = (input, call) => {
  const { accelerate } = call.buckets.require(input.Bucket).settings;
  return accelerate === undefined ? {} : { Status: accelerate };
};

/** @see Amazon S3 API reference, PutBucketAccelerateConfiguration */
export const putBucketAccelerateConfiguration: S3Operation<'PutBucketAccelerateConfiguration'> = (input, call) => {
  call.buckets.require(input.Bucket).settings.accelerate = input.AccelerateConfiguration.Status;
  return {};
};

/** @see Amazon S3 API reference, GetBucketLogging */
export const getBucketLogging: S3Operation<'GetBucketLogging'> = (input, call) => {
  const { logging } = call.buckets.require(input.Bucket).settings;
  return logging === undefined ? {} : { LoggingEnabled: logging };
};

/** @see Amazon S3 API reference, PutBucketLogging */
export const putBucketLogging: S3Operation<'PutBucketLogging'> = (input, call) => {
  call.buckets.require(input.Bucket).settings.logging = input.BucketLoggingStatus.LoggingEnabled;
  return {};
};

/** @see Amazon S3 API reference, GetBucketReplication */
export const getBucketReplication: S3Operation<'GetBucketReplication'> = (input, call) => {
  const { name, settings } = call.buckets.require(input.Bucket);
  if (settings.replication === undefined) {
    throw notConfigured('ReplicationConfigurationNotFoundError', 'The replication configuration was not found', name);
  }
  return { ReplicationConfiguration: settings.replication };
};

/** @see Amazon S3 API reference, PutBucketReplication */
export const putBucketReplication: S3Operation<'PutBucketReplication'> = (input, call) => {
  call.buckets.require(input.Bucket).settings.replication = input.ReplicationConfiguration;
  return {};
};

/** @see Amazon S3 API reference, DeleteBucketReplication */
export const deleteBucketReplication: S3Operation<'DeleteBucketReplication'> = (input, call) => {
  delete call.buckets.require(input.Bucket).settings.replication;
  return {};
};

/** @see Amazon S3 API reference, GetBucketRequestPayment */
export const getBucketRequestPayment: S3Operation<'GetBucketRequestPayment'> = (input, call) => ({
  Payer: call.buckets.require(input.Bucket).settings.requestPayer as 'BucketOwner',
});

/** @see Amazon S3 API reference, PutBucketRequestPayment */
export const putBucketRequestPayment: S3Operation<'PutBucketRequestPayment'> = (input, call) => {
  call.buckets.require(input.Bucket).settings.requestPayer = input.RequestPaymentConfiguration.Payer;
  return {};
};

/** @see Amazon S3 API reference, GetBucketWebsite */
export const getBucketWebsite: S3Operation<'GetBucketWebsite'> = (input, call) => {
  const { name, settings } = call.buckets.require(input.Bucket);
  if (settings.website === undefined) {
    throw notConfigured(
      'NoSuchWebsiteConfiguration',
      'The specified bucket does not have a website configuration',
      name,
    );
  }
  return settings.website;
};

/** @see Amazon S3 API reference, PutBucketWebsite */
export const putBucketWebsite: S3Operation<'PutBucketWebsite'> = (input, call) => {
  call.buckets.require(input.Bucket).settings.website = input.WebsiteConfiguration;
  return {};
};

/** @see Amazon S3 API reference, DeleteBucketWebsite */
export const deleteBucketWebsite: S3Operation<'DeleteBucketWebsite'> = (input, call) => {
  delete call.buckets.require(input.Bucket).settings.website;
  return {};
};

/** Buckets with locks cannot be made here. @see Amazon S3 API reference, GetObjectLockConfiguration */
export const getObjectLockConfiguration: S3Operation<'GetObjectLockConfiguration'> = (input, call) => {
  const { name } = call.buckets.require(input.Bucket);
  throw notConfigured(
    'ObjectLockConfigurationNotFoundError',
    'Object Lock configuration does not exist for this bucket',
    name,
  );
};

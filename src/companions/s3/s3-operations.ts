/** Every operation of S3 that is served, by its name. */
import type { S3Operations } from '../../aws/generated/s3-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import { createBucket } from './operations/bucket/create-bucket.ts';
import { deleteBucket } from './operations/bucket/delete-bucket.ts';
import { getBucketLocation } from './operations/bucket/get-bucket-location.ts';
import { headBucket } from './operations/bucket/head-bucket.ts';
import { listBuckets } from './operations/bucket/list-buckets.ts';
import { listMultipartUploads } from './operations/listing/list-multipart-uploads.ts';
import { listObjectVersions } from './operations/listing/list-object-versions.ts';
import { listObjects } from './operations/listing/list-objects.ts';
import { listObjectsV2 } from './operations/listing/list-objects-v2.ts';
import { abortMultipartUpload } from './operations/multipart/abort-multipart-upload.ts';
import { completeMultipartUpload } from './operations/multipart/complete-multipart-upload.ts';
import { createMultipartUpload } from './operations/multipart/create-multipart-upload.ts';
import { listParts } from './operations/multipart/list-parts.ts';
import { uploadPart } from './operations/multipart/upload-part.ts';
import { uploadPartCopy } from './operations/multipart/upload-part-copy.ts';
import { copyObject } from './operations/object/copy-object.ts';
import { deleteObject } from './operations/object/delete-object.ts';
import { deleteObjects } from './operations/object/delete-objects.ts';
import { getObject } from './operations/object/get-object.ts';
import { getObjectAttributes } from './operations/object/get-object-attributes.ts';
import { headObject } from './operations/object/head-object.ts';
import { getObjectAcl, putObjectAcl } from './operations/object/object-acl.ts';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './operations/object/object-tagging.ts';
import { putObject } from './operations/object/put-object.ts';
import { getBucketAcl, putBucketAcl } from './operations/settings/bucket-acl.ts';
import { deleteBucketCors, getBucketCors, putBucketCors } from './operations/settings/bucket-cors.ts';
import {
  deleteBucketEncryption,
  getBucketEncryption,
  putBucketEncryption,
} from './operations/settings/bucket-encryption.ts';
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from './operations/settings/bucket-lifecycle.ts';
import {
  getBucketNotificationConfiguration,
  putBucketNotificationConfiguration,
} from './operations/settings/bucket-notification.ts';
import {
  deleteBucketPolicy,
  getBucketPolicy,
  getBucketPolicyStatus,
  putBucketPolicy,
} from './operations/settings/bucket-policy.ts';
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from './operations/settings/bucket-tagging.ts';
import { getBucketVersioning, putBucketVersioning } from './operations/settings/bucket-versioning.ts';
import {
  deleteBucketReplication,
  deleteBucketWebsite,
  getBucketAccelerateConfiguration,
  getBucketLogging,
  getBucketReplication,
  getBucketRequestPayment,
  getBucketWebsite,
  getObjectLockConfiguration,
  putBucketAccelerateConfiguration,
  putBucketLogging,
  putBucketReplication,
  putBucketRequestPayment,
  putBucketWebsite,
} from './operations/settings/kept-settings.ts';
import {
  deleteBucketOwnershipControls,
  getBucketOwnershipControls,
  putBucketOwnershipControls,
} from './operations/settings/ownership-controls.ts';
import {
  deletePublicAccessBlock,
  getPublicAccessBlock,
  putPublicAccessBlock,
} from './operations/settings/public-access-block.ts';
import type { S3Call } from './s3-call.ts';

export const s3Operations = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateBucket: createBucket,
  CreateMultipartUpload: createMultipartUpload,
  DeleteBucket: deleteBucket,
  DeleteBucketCors: deleteBucketCors,
  DeleteBucketEncryption: deleteBucketEncryption,
  DeleteBucketLifecycle: deleteBucketLifecycle,
  DeleteBucketOwnershipControls: deleteBucketOwnershipControls,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketReplication: deleteBucketReplication,
  DeleteBucketTagging: deleteBucketTagging,
  DeleteBucketWebsite: deleteBucketWebsite,
  DeleteObject: deleteObject,
  DeleteObjectTagging: deleteObjectTagging,
  DeleteObjects: deleteObjects,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketAccelerateConfiguration: getBucketAccelerateConfiguration,
  GetBucketAcl: getBucketAcl,
  GetBucketCors: getBucketCors,
  GetBucketEncryption: getBucketEncryption,
  GetBucketLifecycleConfiguration: getBucketLifecycleConfiguration,
  GetBucketLocation: getBucketLocation,
  GetBucketLogging: getBucketLogging,
  GetBucketNotificationConfiguration: getBucketNotificationConfiguration,
  GetBucketOwnershipControls: getBucketOwnershipControls,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketReplication: getBucketReplication,
  GetBucketRequestPayment: getBucketRequestPayment,
  GetBucketTagging: getBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  GetBucketWebsite: getBucketWebsite,
  GetObject: getObject,
  GetObjectAcl: getObjectAcl,
  GetObjectAttributes: getObjectAttributes,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  GetObjectTagging: getObjectTagging,
  GetPublicAccessBlock: getPublicAccessBlock,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListMultipartUploads: listMultipartUploads,
  ListObjectVersions: listObjectVersions,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  ListParts: listParts,
  PutBucketAccelerateConfiguration: putBucketAccelerateConfiguration,
  PutBucketAcl: putBucketAcl,
  PutBucketCors: putBucketCors,
  PutBucketEncryption: putBucketEncryption,
  PutBucketLifecycleConfiguration: putBucketLifecycleConfiguration,
  PutBucketLogging: putBucketLogging,
  PutBucketNotificationConfiguration: putBucketNotificationConfiguration,
  PutBucketOwnershipControls: putBucketOwnershipControls,
  PutBucketPolicy: putBucketPolicy,
  PutBucketReplication: putBucketReplication,
  PutBucketRequestPayment: putBucketRequestPayment,
  PutBucketTagging: putBucketTagging,
  PutBucketVersioning: putBucketVersioning,
  PutBucketWebsite: putBucketWebsite,
  PutObject: putObject,
  PutObjectAcl: putObjectAcl,
  PutObjectTagging: putObjectTagging,
  PutPublicAccessBlock: putPublicAccessBlock,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
} satisfies OperationTable<S3Operations, S3Call>;

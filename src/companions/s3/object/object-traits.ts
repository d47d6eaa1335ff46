/** What a client says of an object beside its content, checked. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Bucket } from '../bucket/bucket.ts';
import { invalidRequest, metadataTooLarge, notImplementedHeader } from '../s3-error.ts';
import type { S3Input } from '../s3-types.ts';
import { contentHeaders } from './content-headers.ts';
import { parseTagging } from './object-tags.ts';
import type { Encryption, ObjectTraits } from './object-version.ts';

type TraitsInput = Omit<S3Input<'PutObject'> & S3Input<'CreateMultipartUpload'>, 'Body'>;

/** In bytes, names and values together. */
const metadataLimit = 2048;

/** @throws ServiceError for what is malformed, too large, or not to be had here */
export function objectTraits(input: TraitsInput, headers: IncomingHttpHeaders, bucket: Bucket): ObjectTraits {
  refuseUnserved(headers);
  const metadata = input.Metadata ?? {};
  const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > metadataLimit) {
    throw metadataTooLarge(size, metadataLimit);
  }
  return {
    headers: contentHeaders(input, headers),
    metadata,
    storageClass: input.StorageClass ?? 'STANDARD',
    encryption: encryptionOf(input, bucket),
    tags: input.Tagging === undefined ? [] : parseTagging(input.Tagging),
    acl: input.ACL ?? 'private',
  };
}

/** Saying yes to a lock or a key that then protects nothing would be worse than saying no. */
function refuseUnserved(headers: IncomingHttpHeaders): void {
  const unserved = Object.keys(headers).find(
    (name) => name.startsWith('x-amz-object-lock-') || name.startsWith('x-amz-server-side-encryption-customer-'),
  );
  if (unserved !== undefined) throw notImplementedHeader(unserved);
}

type EncryptionInput = Pick<TraitsInput, 'ServerSideEncryption' | 'SSEKMSKeyId' | 'BucketKeyEnabled'>;

/** The client's wish, or else the bucket's. */
export function encryptionOf(input: EncryptionInput, bucket: Bucket): Encryption {
  const [rule] = bucket.settings.encryption.Rules ?? [];
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  const algorithm = input.ServerSideEncryption ?? byDefault?.SSEAlgorithm ?? 'AES256';
  if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
    if (input.SSEKMSKeyId !== undefined) {
      throw invalidRequest(
        'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
      );
    }
    return { ServerSideEncryption: 'AES256' };
  }
  const key = input.SSEKMSKeyId ?? byDefault?.KMSMasterKeyID;
  const bucketKey = input.BucketKeyEnabled ?? rule?.BucketKeyEnabled;
  return {
    ServerSideEncryption: algorithm,
    ...(key === undefined ? {} : { SSEKMSKeyId: key }),
    ...(bucketKey === true ? { BucketKeyEnabled: true } : {}),
  };
}

/** What a client says of an object beside its content, checked. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Bucket } from '../bucket/bucket.ts';
import { invalidArgument, invalidRequest, metadataTooLarge, notImplementedHeader } from '../s3-error.ts';
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
  const content = contentHeaders(input, headers);
  checkHeaders({ ...content, ...metadata });
  return {
    headers: content,
    metadata,
    storageClass: input.StorageClass ?? 'STANDARD',
    encryption: encryptionOf(input, bucket),
    tags: input.Tagging === undefined ? [] : parseTagging(input.Tagging),
    acl: input.ACL ?? 'private',
  };
}

/** What comes in a URL or a form may hold what a header cannot give back. */
function checkHeaders(headers: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(headers)) {
    const isSendable = /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(String(value));
    if (!isSendable) {
      throw invalidArgument('Header value cannot be represented using ISO-8859-1.', name, String(value));
    }
  }
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

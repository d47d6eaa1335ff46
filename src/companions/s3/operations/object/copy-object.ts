/** Makes an object of another one; what they hold is kept once. */
import { dateOf } from '../../../../kernel/timestamp.ts';
import type { Bucket } from '../../bucket/bucket.ts';
import { type ChecksumAlgorithm, isChecksumAlgorithm } from '../../checksum/checksum-algorithm.ts';
import { type Content, release, shared } from '../../content/content.ts';
import { digestContent } from '../../content/digest-content.ts';
import { copySource } from '../../object/copy-source.ts';
import { checksumOutput, quoted } from '../../object/object-output.ts';
import { encryptionOf, objectTraits } from '../../object/object-traits.ts';
import type { ObjectTraits, ObjectVersion } from '../../object/object-version.ts';
import { storeVersion } from '../../object/store-version.ts';
import type { S3Call, S3Operation } from '../../s3-call.ts';
import { invalidRequest } from '../../s3-error.ts';
import { largestPut } from '../../s3-limits.ts';
import type { S3Input } from '../../s3-types.ts';

type CopyInput = S3Input<'CopyObject'>;

/**
 * `CopyObject`.
 * @throws ServiceError NoSuchBucket, NoSuchKey, PreconditionFailed, InvalidRequest
 * @see Amazon S3 API reference, CopyObject
 */
export const copyObject: S3Operation<'CopyObject'> = async (input, call) => {
  const bucket = call.buckets.require(input.Bucket);
  const source = copySource(input, call);
  checkCopy(input, source.bucket === bucket, source.version);
  const traits = copiedTraits(input, source.version, bucket, call);
  const content = shared(source.version.content);
  const digests = await digestsOf(input, source.version, content);
  const version = storeVersion(bucket, { ...traits, key: input.Key, content, ...digests }, input, call);
  call.notifier.created(bucket, 'ObjectCreated:Copy', version, call);
  const { VersionId: sourceVersion } = source.bucket.shownVersion(source.version.versionId);
  return {
    ...bucket.shownVersion(version.versionId),
    ...version.encryption,
    ...(sourceVersion === undefined ? {} : { CopySourceVersionId: sourceVersion }),
    CopyObjectResult: {
      ...checksumOutput(version.checksum),
      ETag: quoted(version.etag),
      LastModified: dateOf(version.lastModified),
    },
  };
};

function checkCopy(input: CopyInput, isSameBucket: boolean, { key, content }: ObjectVersion): void {
  if (content.size > largestPut) {
    throw invalidRequest(
      `The specified copy source is larger than the maximum allowable size for a copy source: ${largestPut}`,
    );
  }
  const changes =
    input.MetadataDirective === 'REPLACE' ||
    input.TaggingDirective === 'REPLACE' ||
    input.StorageClass !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.WebsiteRedirectLocation !== undefined ||
    // An older version becomes the newest.
    input.CopySource.includes('versionId=');
  if (isSameBucket && key === input.Key && !changes) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
}

function copiedTraits(input: CopyInput, source: ObjectVersion, bucket: Bucket, call: S3Call): ObjectTraits {
  const given = objectTraits(input, call.headers, bucket);
  const copiesMetadata = input.MetadataDirective !== 'REPLACE';
  const { WebsiteRedirectLocation: redirect } = input;
  const copiedHeaders = { ...source.headers, ...(redirect === undefined ? {} : { WebsiteRedirectLocation: redirect }) };
  return {
    headers: copiesMetadata ? copiedHeaders : given.headers,
    metadata: copiesMetadata ? source.metadata : given.metadata,
    tags: input.TaggingDirective === 'REPLACE' ? given.tags : source.tags,
    storageClass: given.storageClass,
    encryption: encryptionOf(input, bucket),
    acl: given.acl,
  };
}

/** An object that came in parts has digests of them; the copy is one piece. */
async function digestsOf(
  input: CopyInput,
  source: ObjectVersion,
  content: Content,
): Promise<Pick<ObjectVersion, 'etag' | 'checksum'>> {
  const wanted = input.ChecksumAlgorithm;
  const algorithm: ChecksumAlgorithm =
    wanted !== undefined && isChecksumAlgorithm(wanted) ? wanted : source.checksum.algorithm;
  if (source.parts === undefined && algorithm === source.checksum.algorithm) {
    return { etag: source.etag, checksum: source.checksum };
  }
  try {
    const { md5, checksum } = await digestContent(content, algorithm);
    return {
      etag: md5.toString('hex'),
      checksum: { algorithm, type: 'FULL_OBJECT', value: checksum.toString('base64') },
    };
  } catch (error) {
    release(content);
    throw error;
  }
}

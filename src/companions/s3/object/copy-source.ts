/** What a copy is made of. */
import type { Bucket } from '../bucket/bucket.ts';
import type { S3Call } from '../s3-call.ts';
import { invalidArgument, preconditionFailed } from '../s3-error.ts';
import type { S3Input } from '../s3-types.ts';
import { findVersion } from './find-version.ts';
import type { ObjectVersion } from './object-version.ts';
import { judge } from './read-conditions.ts';

export interface CopySource {
  readonly bucket: Bucket;
  readonly version: ObjectVersion;
}

type CopyInput = S3Input<'CopyObject'> | S3Input<'UploadPartCopy'>;

/** @throws ServiceError InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion, PreconditionFailed */
export function copySource(input: CopyInput, call: S3Call): CopySource {
  const { bucketName, key, versionId } = parsed(input.CopySource);
  const bucket = call.buckets.require(bucketName);
  const version = findVersion(bucket, key, versionId);
  const verdict = judge(version, {
    ifMatch: input.CopySourceIfMatch,
    ifNoneMatch: input.CopySourceIfNoneMatch,
    ifModifiedSince: input.CopySourceIfModifiedSince,
    ifUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
  if (verdict.kind === 'not-modified') throw preconditionFailed('x-amz-copy-source-If-None-Match');
  if (verdict.kind === 'failed') throw preconditionFailed(`x-amz-copy-source-${verdict.condition}`);
  return { bucket, version };
}

/** `/bucket/key?versionId=…`, percent-encoded, with or without the first slash; or as an ARN without its prefix. */
function parsed(text: string) {
  const invalid = () =>
    invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      text,
    );
  const version = /\?versionId=([^&]*)$/.exec(text);
  const path = version === null ? text : text.slice(0, version.index);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path).replace(/^\//, '');
  } catch {
    throw invalid();
  }
  const slash = decoded.indexOf('/');
  if (slash < 1 || slash === decoded.length - 1) throw invalid();
  return { bucketName: decoded.slice(0, slash), key: decoded.slice(slash + 1), versionId: version?.[1] };
}

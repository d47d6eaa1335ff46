/** Makes content an object: the newest version of its key, when the client's conditions hold at that moment. */
import type { Bucket } from '../bucket/bucket.ts';
import { release } from '../content/content.ts';
import type { S3Call } from '../s3-call.ts';
import { noSuchBucket } from '../s3-error.ts';
import { nullVersion, type ObjectVersion } from './object-version.ts';
import { checkWriteConditions, type WriteConditions } from './write-conditions.ts';

export type NewObject = Omit<ObjectVersion, 'kind' | 'versionId' | 'lastModified'>;

/**
 * The uses of the content become the object's; they are given back when it is refused.
 * @throws ServiceError PreconditionFailed, NoSuchKey, and NoSuchBucket for a bucket that is gone by now
 */
export function storeVersion(
  bucket: Bucket,
  object: NewObject,
  conditions: WriteConditions,
  call: S3Call,
): ObjectVersion {
  try {
    if (call.buckets.find(bucket.name) !== bucket) throw noSuchBucket(bucket.name);
    checkWriteConditions(bucket.objects.current(object.key), object.key, conditions);
  } catch (error) {
    release(object.content);
    throw error;
  }
  return newVersion(bucket, object, call);
}

/** The same without conditions; what it replaces is let go of. */
export function newVersion(bucket: Bucket, object: NewObject, call: S3Call): ObjectVersion {
  const versionId = bucket.versioning === 'Enabled' ? newVersionId(call) : nullVersion;
  const version: ObjectVersion = { kind: 'object', ...object, versionId, lastModified: call.clock.now() };
  const replaced = bucket.objects.add(version);
  if (replaced?.kind === 'object') release(replaced.content);
  return version;
}

/** 32 characters, as S3's are. */
export const newVersionId = (call: S3Call): string => call.random.hex(16);

/** Deletes an object, as its bucket does it: for good, or with a marker. */
import type { Bucket } from '../bucket/bucket.ts';
import { release } from '../content/content.ts';
import type { S3Call } from '../s3-call.ts';
import { noSuchKey, preconditionFailed } from '../s3-error.ts';
import { type DeleteMarker, nullVersion } from './object-version.ts';
import { newVersionId } from './store-version.ts';
import { unquoted } from './write-conditions.ts';

export interface Deletion {
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly ifMatch?: string | undefined;
}

export interface Deleted {
  /** Of the version that was deleted, or of the marker that was made. */
  readonly versionId: string | undefined;
  /** A marker was made, or deleted. */
  readonly isMarker: boolean;
}

/** @throws ServiceError PreconditionFailed; that there was no such object is none */
export function deleteVersion(bucket: Bucket, deletion: Deletion, call: S3Call): Deleted {
  const { key, versionId, ifMatch } = deletion;
  if (ifMatch !== undefined) checkMatch(bucket, key, ifMatch);
  if (versionId !== undefined) return removeVersion(bucket, key, versionId, call);
  if (bucket.versioning === undefined) {
    removeVersion(bucket, key, nullVersion, call);
    return { versionId: undefined, isMarker: false };
  }
  const marker: DeleteMarker = {
    kind: 'delete-marker',
    key,
    versionId: bucket.versioning === 'Enabled' ? newVersionId(call) : nullVersion,
    lastModified: call.clock.now(),
  };
  const replaced = bucket.objects.add(marker);
  if (replaced?.kind === 'object') release(replaced.content);
  call.notifier.removed(bucket, 'ObjectRemoved:DeleteMarkerCreated', marker, call);
  return { versionId: marker.versionId, isMarker: true };
}

function removeVersion(bucket: Bucket, key: string, versionId: string, call: S3Call): Deleted {
  const removed = bucket.objects.remove(key, versionId);
  if (removed?.kind === 'object') release(removed.content);
  if (removed !== undefined) call.notifier.removed(bucket, 'ObjectRemoved:Delete', removed, call);
  return { versionId, isMarker: removed?.kind === 'delete-marker' };
}

function checkMatch(bucket: Bucket, key: string, ifMatch: string): void {
  const current = bucket.objects.current(key);
  if (current === undefined) throw noSuchKey(key);
  if (ifMatch !== '*' && unquoted(ifMatch) !== current.etag) throw preconditionFailed('If-Match');
}

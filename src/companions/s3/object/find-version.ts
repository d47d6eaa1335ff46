/** The version of an object that a request means. */

import { ServiceError } from '../../../aws/service-error.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { methodNotAllowed, noSuchKey, noSuchVersion } from '../s3-error.ts';
import type { ObjectVersion } from './object-version.ts';

/**
 * @throws ServiceError NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker that is named by its version
 * @param method for the text of that error
 */
export function findVersion(bucket: Bucket, key: string, versionId: string | undefined, method = 'GET'): ObjectVersion {
  if (versionId === undefined) {
    const newest = bucket.objects.newest(key);
    if (newest?.kind === 'object') return newest;
    throw newest === undefined ? noSuchKey(key) : deleted(key, newest.versionId);
  }
  const version = bucket.objects.version(key, versionId);
  if (version === undefined) throw noSuchVersion(key, versionId);
  if (version.kind === 'object') return version;
  throw methodNotAllowed(method, 'DeleteMarker', {
    'x-amz-delete-marker': 'true',
    'x-amz-version-id': versionId,
    allow: 'DELETE',
  });
}

/** The answer says that there was an object. */
function deleted(key: string, versionId: string): ServiceError {
  const error = noSuchKey(key);
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId };
  return new ServiceError(error.code, error.message, { ...error.options, headers });
}

/**
 * Conditions under which an object may be written.
 * @see Amazon S3 user guide, "Add preconditions to S3 operations with conditional requests"
 */
import { noSuchKey, notImplementedHeader, preconditionFailed } from '../s3-error.ts';
import type { ObjectVersion } from './object-version.ts';

export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** @throws ServiceError PreconditionFailed, NoSuchKey, or NotImplemented for a condition that S3 does not know */
export function checkWriteConditions(
  current: ObjectVersion | undefined,
  key: string,
  conditions: WriteConditions,
): void {
  const { IfMatch: match, IfNoneMatch: noneMatch } = conditions;
  if (noneMatch !== undefined) {
    if (noneMatch !== '*') throw notImplementedHeader('If-None-Match');
    if (current !== undefined) throw preconditionFailed('If-None-Match');
  }
  if (match !== undefined) {
    if (current === undefined) throw noSuchKey(key);
    if (unquoted(match) !== current.etag) throw preconditionFailed('If-Match');
  }
}

export const unquoted = (etag: string): string => etag.replace(/^(?:W\/)?"?|"$/g, '');

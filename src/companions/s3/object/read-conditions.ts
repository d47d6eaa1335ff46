/**
 * Conditions under which an object is given out.
 * @see Amazon S3 API reference, GetObject: If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since
 */

import type { ObjectVersion } from './object-version.ts';
import { unquoted } from './write-conditions.ts';

export interface ReadConditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: Date | undefined;
  readonly ifUnmodifiedSince?: Date | undefined;
}

export type ReadVerdict =
  | { readonly kind: 'holds' }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'failed'; readonly condition: 'If-Match' | 'If-Unmodified-Since' };

/** An entity tag that is given counts more than a date. */
export function judge({ etag, lastModified }: ObjectVersion, conditions: ReadConditions): ReadVerdict {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  // Dates of HTTP have no milliseconds.
  const modified = Math.floor(lastModified / 1000) * 1000;
  if (ifMatch !== undefined) {
    if (!names(ifMatch, etag)) return { kind: 'failed', condition: 'If-Match' };
  } else if (ifUnmodifiedSince !== undefined && modified > ifUnmodifiedSince.getTime()) {
    return { kind: 'failed', condition: 'If-Unmodified-Since' };
  }
  if (ifNoneMatch !== undefined) {
    if (names(ifNoneMatch, etag)) return { kind: 'not-modified' };
  } else if (ifModifiedSince !== undefined && modified <= ifModifiedSince.getTime()) {
    return { kind: 'not-modified' };
  }
  return { kind: 'holds' };
}

const names = (list: string, etag: string): boolean =>
  list.split(',').some((item) => item.trim() === '*' || unquoted(item.trim()) === etag);

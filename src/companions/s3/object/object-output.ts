/** What answers say of an object. */
import { dateOf } from '../../../kernel/timestamp.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { type ChecksumMembers, checksumMember } from '../checksum/checksum-algorithm.ts';
import type { ObjectChecksum, ObjectVersion } from './object-version.ts';

export const quoted = (etag: string): string => `"${etag}"`;

export type ChecksumOutput = ChecksumMembers & { readonly ChecksumType: ObjectChecksum['type'] };

export const checksumOutput = ({ algorithm, type, value }: ObjectChecksum): ChecksumOutput => ({
  ...checksumMember(algorithm, value),
  ChecksumType: type,
});

/** What GetObject and HeadObject have in common. */
export function objectOutput(bucket: Bucket, version: ObjectVersion) {
  const { encryption, headers, metadata, storageClass, tags } = version;
  return {
    ...bucket.shownVersion(version.versionId),
    ...headers,
    ...encryption,
    AcceptRanges: 'bytes',
    ETag: quoted(version.etag),
    LastModified: dateOf(version.lastModified),
    Metadata: metadata,
    ...(storageClass === 'STANDARD' ? {} : { StorageClass: storageClass as 'STANDARD_IA' }),
    ...(tags.length === 0 ? {} : { TagCount: tags.length }),
  };
}

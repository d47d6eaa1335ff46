/** An object in a listing. */
import { dateOf } from '../../../../kernel/timestamp.ts';
import type { Bucket } from '../../bucket/bucket.ts';
import { ownerOf } from '../../bucket/owner.ts';
import { quoted } from '../../object/object-output.ts';
import type { ObjectVersion } from '../../object/object-version.ts';
import { invalidArgument } from '../../s3-error.ts';
import { longestPage } from '../../s3-limits.ts';
import type { ShowText } from './listed-text.ts';

export const objectEntry = ({ owner }: Bucket, version: ObjectVersion, show: ShowText, withOwner: boolean) => ({
  Key: show(version.key),
  LastModified: dateOf(version.lastModified),
  ETag: quoted(version.etag),
  ChecksumAlgorithm: [version.checksum.algorithm],
  ChecksumType: version.checksum.type,
  Size: version.content.size,
  StorageClass: version.storageClass as 'STANDARD',
  ...(withOwner ? { Owner: ownerOf(owner) } : {}),
});

/** @throws ServiceError InvalidArgument */
export function pageLength(given: number | undefined, name: string): number {
  if (given === undefined) return longestPage;
  if (given < 0)
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, String(given));
  return Math.min(given, longestPage);
}

/**
 * Which names a bucket may have.
 * @see Amazon S3 user guide, "General purpose bucket naming rules"
 */
import { invalidBucketName } from '../s3-error.ts';

const shape = /^[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;
const address = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const reservedPrefixes = ['xn--', 'sthree-'];
const reservedSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** @throws ServiceError InvalidBucketName */
export function checkBucketName(name: string): void {
  const isReserved =
    reservedPrefixes.some((prefix) => name.startsWith(prefix)) || reservedSuffixes.some((end) => name.endsWith(end));
  if (!shape.test(name) || name.includes('..') || address.test(name) || isReserved) throw invalidBucketName(name);
}

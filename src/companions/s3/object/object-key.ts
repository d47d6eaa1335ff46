/** Which keys an object may have: any text that is not too long. */
import { keyTooLong } from '../s3-error.ts';
import { longestKey } from '../s3-limits.ts';

/** @throws ServiceError KeyTooLongError */
export function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > longestKey) throw keyTooLong(size, longestKey);
}

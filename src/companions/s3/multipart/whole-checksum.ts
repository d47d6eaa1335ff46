/**
 * Digests of an object that came in parts.
 * @see Amazon S3 user guide, "Full object and composite checksum types"
 */
import { digestOf, polynomialOf } from '../checksum/checksum-algorithm.ts';
import { combinedChecksum } from '../checksum/cyclic-checksum.ts';
import type { ObjectChecksum } from '../object/object-version.ts';
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts';

/** The digest of the parts' digests, with their number. */
export function wholeEtag(parts: readonly UploadedPart[]): string {
  const md5 = digestOf('MD5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest().toString('hex')}-${parts.length}`;
}

/** Of one kind the digest of digests as well, of the other what the whole content has. */
export function wholeChecksum(
  { algorithm, checksumType: type }: MultipartUpload,
  parts: readonly UploadedPart[],
): ObjectChecksum {
  const polynomial = polynomialOf(algorithm);
  if (type === 'FULL_OBJECT' && polynomial !== undefined) {
    let whole = digestOf(algorithm).digest();
    for (const { checksum, content } of parts) {
      whole = combinedChecksum(polynomial, whole, Buffer.from(checksum, 'base64'), content.size);
    }
    return { algorithm, type, value: whole.toString('base64') };
  }
  const digest = digestOf(algorithm);
  for (const { checksum } of parts) digest.update(Buffer.from(checksum, 'base64'));
  return { algorithm, type, value: `${digest.digest().toString('base64')}-${parts.length}` };
}

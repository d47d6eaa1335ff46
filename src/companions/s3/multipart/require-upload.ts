/** Finds the upload that a request names. */
import type { Bucket } from '../bucket/bucket.ts';
import { invalidArgument, noSuchUpload } from '../s3-error.ts';
import { mostParts } from '../s3-limits.ts';
import type { MultipartUpload } from './multipart-upload.ts';

/** @throws ServiceError NoSuchUpload */
export function requireUpload(bucket: Bucket, key: string, uploadId: string): MultipartUpload {
  const upload = bucket.uploads.get(uploadId);
  if (upload?.key !== key) throw noSuchUpload(uploadId);
  return upload;
}

/** @throws ServiceError InvalidArgument */
export function checkPartNumber(number: number): void {
  if (number >= 1 && number <= mostParts) return;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${mostParts}, inclusive`,
    'partNumber',
    String(number),
  );
}

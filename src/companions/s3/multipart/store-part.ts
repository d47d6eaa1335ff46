/** Adds a part to its upload; one of the same number is replaced. */

import type { Bucket } from '../bucket/bucket.ts';
import { release } from '../content/content.ts';
import type { S3Call } from '../s3-call.ts';
import { noSuchUpload } from '../s3-error.ts';
import type { MultipartUpload, UploadedPart } from './multipart-upload.ts';

/** @throws ServiceError NoSuchUpload when the upload ended while the part came */
export function storePart(bucket: Bucket, upload: MultipartUpload, part: UploadedPart, call: S3Call): void {
  if (call.buckets.find(bucket.name) !== bucket || bucket.uploads.get(upload.id) !== upload) {
    release(part.content);
    throw noSuchUpload(upload.id);
  }
  const replaced = upload.parts.get(part.number);
  upload.parts.set(part.number, part);
  if (replaced !== undefined) release(replaced.content);
}

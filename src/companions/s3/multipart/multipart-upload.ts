/** An object that comes in parts, until it is whole or given up. */
import type { Milliseconds } from '../../../kernel/quantity.ts';
import type { ChecksumAlgorithm } from '../checksum/checksum-algorithm.ts';
import { type Content, release } from '../content/content.ts';
import type { ObjectChecksum, ObjectTraits } from '../object/object-version.ts';

export interface UploadedPart {
  readonly number: number;
  readonly content: Content;
  /** Without quotes: the MD5. */
  readonly etag: string;
  /** Base64. */
  readonly checksum: string;
  readonly lastModified: Milliseconds;
}

export interface MultipartUpload {
  readonly id: string;
  readonly key: string;
  readonly initiated: Milliseconds;
  readonly traits: ObjectTraits;
  readonly algorithm: ChecksumAlgorithm;
  /** Whether the client chose it: then it hears of it, and has to name it for each part. */
  readonly isAlgorithmChosen: boolean;
  readonly checksumType: ObjectChecksum['type'];
  /** By number. */
  readonly parts: Map<number, UploadedPart>;
}

export function releaseParts({ parts }: MultipartUpload): void {
  for (const { content } of parts.values()) release(content);
  parts.clear();
}

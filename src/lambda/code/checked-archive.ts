/** Accepts or refuses an uploaded deployment package before anything is kept of it. */
import type { ServiceError } from '../../aws/service-error.ts';
import { type Bytes, bytes } from '../../kernel/quantity.ts';
import { invalidParameterValue, requestEntityTooLarge } from '../lambda-error.ts';
import type { LambdaLimits } from '../lambda-limits.ts';
import { entriesAtMost, readArchiveDirectory } from './archive-directory.ts';
import { ArchiveRefusal } from './archive-refusal.ts';
import { linkTarget } from './link-target.ts';

/** @throws ServiceError RequestEntityTooLargeException */
export function checkUploadSize(archive: Buffer, limits: LambdaLimits): void {
  if (archive.length > limits.codeSizeZipped) {
    throw requestEntityTooLarge(`Zipped size must be smaller than ${limits.codeSizeZipped} bytes`);
  }
}

/**
 * The size of its files together.
 * @throws ServiceError InvalidParameterValueException with AWS's sentence for what is wrong with the archive.
 */
export async function checkArchive(archive: Buffer, limits: LambdaLimits): Promise<Bytes> {
  try {
    const entries = await readArchiveDirectory(archive, {
      unpackedSize: limits.codeSizeUnzipped,
      entries: entriesAtMost,
    });
    for (const entry of entries) {
      if (entry.kind === 'link') linkTarget(archive, entry);
    }
    return bytes(entries.reduce((total, entry) => total + entry.size, 0));
  } catch (error) {
    throw error instanceof ArchiveRefusal ? asServiceError(error, limits) : error;
  }
}

function asServiceError(refusal: ArchiveRefusal, limits: LambdaLimits): ServiceError {
  switch (refusal.kind) {
    case 'too-large':
      return invalidParameterValue(`Unzipped size must be smaller than ${limits.codeSizeUnzipped} bytes`);
    case 'empty':
      return invalidParameterValue('Uploaded file must be a non-empty zip');
    case 'unreadable':
      return invalidParameterValue('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
}

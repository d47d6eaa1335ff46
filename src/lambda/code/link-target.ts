/** Symbolic links of a deployment package: where each points, which must be inside of the package. */
import { posix } from 'node:path';
import type { ArchiveEntry } from './archive-entry.ts';
import { ArchiveRefusal } from './archive-refusal.ts';
import { entryData } from './entry-data.ts';

/**
 * The text to make the link with.
 * @throws ArchiveRefusal when it points outside, or cannot be read.
 */
export function linkTarget(archive: Buffer, entry: ArchiveEntry): string {
  const target = entryData(archive, entry).toString();
  const parts = target.split('/').filter((part) => part !== '' && part !== '.');
  const named = parts.findIndex((part) => part !== '..');
  // Going up is allowed at the start only: after a name, which may be another link, it could lead anywhere.
  const upAfterName = named !== -1 && parts.includes('..', named);
  const reached = posix.normalize(posix.join(posix.dirname(entry.path), target));
  const outside = posix.isAbsolute(target) || reached === '..' || reached.startsWith('../');
  if (outside || upAfterName || target.includes('\0')) {
    throw new ArchiveRefusal('unreadable', `${entry.path}: a link that leaves the folder`);
  }
  return target;
}

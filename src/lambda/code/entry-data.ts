/** The data of one entry of a deployment package: never more than its directory promised, and just that. */
import { crc32, inflateRawSync } from 'node:zlib';
import type { ArchiveEntry } from './archive-entry.ts';
import { ArchiveRefusal } from './archive-refusal.ts';

const headerSignature = 0x04034b50;
const headerSize = 30;

/**
 * Inflates in this thread; whole, since an entry is at most as large as a function may be.
 * @throws ArchiveRefusal when the archive is cut short or does not hold what its directory says.
 */
export function entryData(archive: Buffer, entry: ArchiveEntry): Buffer {
  const start = dataStart(archive, entry);
  const raw = archive.subarray(start, start + entry.compressedSize);
  if (raw.length !== entry.compressedSize) throw damaged(entry);
  const data = entry.compression === 'stored' ? raw : inflated(raw, entry);
  if (data.length !== entry.size || crc32(data) !== entry.crc32) throw damaged(entry);
  return data;
}

/** The entry's own header may hold other extra fields than the directory, so only it knows where the data starts. */
function dataStart(archive: Buffer, entry: ArchiveEntry): number {
  const { headerOffset } = entry;
  if (headerOffset + headerSize > archive.length || archive.readUInt32LE(headerOffset) !== headerSignature) {
    throw damaged(entry);
  }
  const nameSize = archive.readUInt16LE(headerOffset + 26);
  const extraSize = archive.readUInt16LE(headerOffset + 28);
  return headerOffset + headerSize + nameSize + extraSize;
}

function inflated(raw: Buffer, entry: ArchiveEntry): Buffer {
  try {
    // One byte more than promised is enough to catch a lie; zero is not allowed as a limit.
    return inflateRawSync(raw, { maxOutputLength: Math.max(entry.size, 1) });
  } catch (cause) {
    throw damaged(entry, cause);
  }
}

const damaged = (entry: ArchiveEntry, cause?: unknown): ArchiveRefusal =>
  new ArchiveRefusal('unreadable', `${entry.path}: the data is not what the directory says`, cause);

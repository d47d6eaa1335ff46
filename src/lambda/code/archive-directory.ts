/** Reads the central directory of a deployment package and refuses what must not be unpacked; no data is inflated. */
import type { Entry } from 'yauzl';
import type { Bytes } from '../../kernel/quantity.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { ArchiveRefusal } from './archive-refusal.ts';

export interface ArchiveLimits {
  /** Of all entries together. */
  readonly unpackedSize: Bytes;
  readonly entries: number;
}

/** Far above what a package of AWS's largest size holds; each costs memory here and an inode later. */
export const entriesAtMost = 100_000;

// Deflate cannot do better than 258 bytes for 2 bits: an entry that promises more lies about its size.
const bestRatio = 1032;
const linkTargetAtMost = 4096;
const fileTypeBits = 0o170000;
const linkType = 0o120000;
const directoryType = 0o040000;
const stored = 0;
const deflated = 8;
const encryptedFlags = 0b0000_0000_0100_0001;
const madeByUnix = 3;

/**
 * @throws ArchiveRefusal for what is no zip or a damaged one, encrypted or oddly compressed entries, paths that leave
 * the folder or collide, and too much of anything.
 */
export async function readArchiveDirectory(archive: Buffer, limits: ArchiveLimits): Promise<readonly ArchiveEntry[]> {
  const entries: ArchiveEntry[] = [];
  const paths = new Map<string, ArchiveEntry['kind']>();
  let total = 0;
  // Loaded with the first archive: the daemon starts without it. Once bundled, the module has its default export only.
  const { default: yauzl } = await import('yauzl');
  try {
    // Names are decoded as the format says, backslashes become slashes, and names that leave the folder throw.
    const zip = await yauzl.fromBufferPromise(archive, { lazyEntries: true });
    if (zip.entryCount > limits.entries) throw tooMany(limits);
    for await (const raw of zip.eachEntry()) {
      const entry = checkedEntry(raw);
      if (entry === undefined) continue;
      if (paths.has(entry.path)) throw new ArchiveRefusal('unreadable', `${entry.path} is there twice`);
      paths.set(entry.path, entry.kind);
      total += entry.size;
      if (total > limits.unpackedSize) throw new ArchiveRefusal('too-large', `more than ${limits.unpackedSize} bytes`);
      if (entries.push(entry) > limits.entries) throw tooMany(limits);
    }
  } catch (error) {
    if (error instanceof ArchiveRefusal) throw error;
    throw new ArchiveRefusal('unreadable', 'the zip directory cannot be read', error);
  }
  checkParents(entries, paths);
  if (!entries.some((entry) => entry.kind !== 'directory')) throw new ArchiveRefusal('empty', 'no file in it');
  return entries;
}

const tooMany = (limits: ArchiveLimits): ArchiveRefusal =>
  new ArchiveRefusal('unreadable', `more than ${limits.entries} entries`);

/** `undefined` for the archive's own root (`./`), which needs nothing. */
function checkedEntry(raw: Entry): ArchiveEntry | undefined {
  const path = checkedPath(raw.fileName);
  if (path === '') return undefined;
  const refuse = (why: string): ArchiveRefusal => new ArchiveRefusal('unreadable', `${path}: ${why}`);
  if ((raw.generalPurposeBitFlag & encryptedFlags) !== 0) throw refuse('encrypted');
  if (raw.compressionMethod !== stored && raw.compressionMethod !== deflated) throw refuse('unknown compression');
  const compression = raw.compressionMethod === stored ? 'stored' : 'deflated';
  const { compressedSize, uncompressedSize: size } = raw;
  const possible = compression === 'stored' ? size === compressedSize : size <= compressedSize * bestRatio;
  if (!possible) throw refuse('impossible size');
  const unixMode = raw.versionMadeBy >>> 8 === madeByUnix ? raw.externalFileAttributes >>> 16 : 0;
  const kind = kindOf(raw.fileName, unixMode);
  if (kind === 'link' && (size === 0 || size > linkTargetAtMost)) throw refuse('no link target');
  const mode = unixMode & 0o777;
  const headerOffset = raw.relativeOffsetOfLocalHeader;
  return { path, kind, mode, compression, compressedSize, size, crc32: raw.crc32, headerOffset };
}

function kindOf(fileName: string, unixMode: number): ArchiveEntry['kind'] {
  const type = unixMode & fileTypeBits;
  if (fileName.endsWith('/') || type === directoryType) return 'directory';
  return type === linkType ? 'link' : 'file';
}

/** yauzl has refused absolute names and those with `..`; what is left is what a file system would stumble over. */
function checkedPath(fileName: string): string {
  if (fileName.includes('\0')) throw new ArchiveRefusal('unreadable', 'a name with a NUL in it');
  const parts = fileName.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new ArchiveRefusal('unreadable', 'a name that leaves the folder');
  if (parts.some((part) => Buffer.byteLength(part) > 255)) throw new ArchiveRefusal('unreadable', 'a name too long');
  return parts.join('/');
}

/** No entry may lie inside of another one that is a file or a link: nothing is ever written through a link. */
function checkParents(entries: readonly ArchiveEntry[], paths: ReadonlyMap<string, ArchiveEntry['kind']>): void {
  for (const { path } of entries) {
    for (let slash = path.lastIndexOf('/'); slash !== -1; slash = path.lastIndexOf('/', slash - 1)) {
      const parent = paths.get(path.slice(0, slash));
      if (parent !== undefined && parent !== 'directory') {
        throw new ArchiveRefusal('unreadable', `${path} lies inside of what is no folder`);
      }
      if (slash === 0) break;
    }
  }
}

/** Unpacks a deployment package into a folder of its own, which appears whole or not at all. */
import {
  chmodSync,
  closeSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bytes } from '../../kernel/quantity.ts';
import { entriesAtMost, readArchiveDirectory } from './archive-directory.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { entryData } from './entry-data.ts';
import { linkTarget } from './link-target.ts';

export interface UnpackTask {
  readonly archivePath: string;
  /** Must not exist; on the same file system as `target`. */
  readonly temporary: string;
  readonly target: string;
  readonly unpackedSize: Bytes;
}

/**
 * Blocks this thread while it inflates and writes: for archives that are not small, run it in a worker.
 * @throws ArchiveRefusal when the archive turns out to be damaged; nothing is then left of it.
 */
export async function unpackArchive(task: UnpackTask): Promise<void> {
  const archive = readFileSync(task.archivePath);
  const entries = await readArchiveDirectory(archive, { unpackedSize: task.unpackedSize, entries: entriesAtMost });
  try {
    writeEntries(archive, entries, task.temporary);
    renameSync(task.temporary, task.target);
  } catch (error) {
    rmSync(task.temporary, { recursive: true, force: true });
    throw error;
  }
}

function writeEntries(archive: Buffer, entries: readonly ArchiveEntry[], root: string): void {
  const made = new Set<string>();
  const makeFolder = (path: string): void => {
    if (made.has(path)) return;
    if (path !== root) makeFolder(dirname(path));
    mkdirSync(path);
    // Not by `mkdir` itself, which the daemon's umask would have a say in.
    chmodSync(path, 0o755);
    made.add(path);
  };
  makeFolder(root);
  const links: ArchiveEntry[] = [];
  for (const entry of entries) {
    const path = join(root, entry.path);
    if (entry.kind === 'link') {
      links.push(entry);
    } else if (entry.kind === 'directory') {
      makeFolder(path);
    } else {
      makeFolder(dirname(path));
      writeFile(path, entryData(archive, entry), fileMode(entry));
    }
  }
  // Last, so that no file is ever written through one.
  for (const link of links) {
    const path = join(root, link.path);
    makeFolder(dirname(path));
    symlinkSync(linkTarget(archive, link), path);
  }
}

/** Whoever the function runs as can read its code, as on AWS, and nobody else can change it. */
const fileMode = (entry: ArchiveEntry): number => (entry.mode & 0o755) | 0o444;

/** `wx`: never through something that is already there. */
function writeFile(path: string, data: Buffer, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    fchmodSync(file, mode);
    for (let written = 0; written < data.length; ) written += writeSync(file, data, written);
  } finally {
    closeSync(file);
  }
}

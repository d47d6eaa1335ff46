/** Lays folders over one another: the later covers the earlier, as layers do in `/opt`. */
import type { Dirent } from 'node:fs';
import { chmod, copyFile, link, lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface MergedFolder {
  readonly path: string;
  /** Its author works in it meanwhile: it may vanish, and so may what is in it. */
  readonly live?: boolean;
}

/**
 * Files are shared with the sources where the file system can do that, so that they cost no room of their own.
 * @param target must not exist; appears whole or not at all.
 * @throws the signal's reason when it aborts, or an error of the file system; nothing is then left.
 */
export async function mergeFolders(
  sources: readonly MergedFolder[],
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const temporary = `${target}.part`;
  try {
    await makeFolder(temporary);
    for (const [index, { path, live = false }] of sources.entries()) {
      await lay(path, temporary, { fresh: index === 0, live, signal });
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

interface Laying {
  /** Nothing is in the target yet. */
  readonly fresh: boolean;
  readonly live: boolean;
  readonly signal: AbortSignal;
}

async function lay(source: string, target: string, laying: Laying): Promise<void> {
  const entries = await readdir(source, { withFileTypes: true }).catch(emptyIf(laying.live));
  // The names of one folder do not get in each other's way.
  await Promise.all(
    entries.map(async (entry) => {
      laying.signal.throwIfAborted();
      await layEntry(entry, join(source, entry.name), join(target, entry.name), laying);
    }),
  );
}

async function layEntry(entry: Dirent, from: string, to: string, laying: Laying): Promise<void> {
  const covered = laying.fresh ? undefined : await existing(to);
  // Folders are merged. Whatever else meets is replaced, so nothing is ever written through a link.
  const both = entry.isDirectory() && covered?.isDirectory() === true;
  if (covered !== undefined && !both) await rm(to, { recursive: true });
  if (entry.isDirectory()) {
    if (!both) await makeFolder(to);
    await lay(from, to, { ...laying, fresh: !both });
    return;
  }
  try {
    if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
    else if (entry.isFile()) await link(from, to).catch(() => copyFile(from, to));
  } catch (error) {
    if (!laying.live || !isMissing(error)) throw error;
  }
}

const emptyIf =
  (live: boolean) =>
  (error: unknown): Dirent[] => {
    if (live && isMissing(error)) return [];
    throw error;
  };

async function makeFolder(path: string): Promise<void> {
  await mkdir(path);
  // Not by `mkdir` itself, which the daemon's umask would have a say in.
  await chmod(path, 0o755);
}

const existing = (path: string) =>
  lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

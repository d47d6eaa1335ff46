/** Lays folders over one another: the later covers the earlier, as layers do in `/opt`. */
import { chmod, copyFile, link, lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files are shared with the sources where the file system can do that, so that they cost no room of their own.
 * @param target must not exist; appears whole or not at all.
 * @throws the signal's reason when it aborts, or an error of the file system; nothing is then left.
 */
export async function mergeFolders(sources: readonly string[], target: string, signal: AbortSignal): Promise<void> {
  const temporary = `${target}.part`;
  try {
    await makeFolder(temporary);
    for (const source of sources) await lay(source, temporary, signal);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function lay(source: string, target: string, signal: AbortSignal): Promise<void> {
  for (const entry of await readdir(source, { withFileTypes: true })) {
    signal.throwIfAborted();
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    const covered = await existing(to);
    // Folders are merged. Whatever else meets is replaced, so nothing is ever written through a link.
    const both = entry.isDirectory() && covered?.isDirectory() === true;
    if (covered !== undefined && !both) await rm(to, { recursive: true });
    if (entry.isDirectory()) {
      if (!both) await makeFolder(to);
      await lay(from, to, signal);
    } else if (entry.isSymbolicLink()) {
      await symlink(await readlink(from), to);
    } else {
      await link(from, to).catch(() => copyFile(from, to));
    }
  }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path);
  // Not by `mkdir` itself, which the daemon's umask would have a say in.
  await chmod(path, 0o755);
}

const existing = (path: string) =>
  lstat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });

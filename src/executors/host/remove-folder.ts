/** Removes a folder that a function has written, read-only folders in it included, and paths longer than any allowed. */
import { rmSync } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    await makeWritable(folder);
    // Unlike the asynchronous form this one goes from folder to folder, so that the length of a path is no limit.
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function makeWritable(folder: string): Promise<void> {
  try {
    await chmod(folder, 0o700);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // What cannot be reached by its path keeps its mode; what is gone was removed by an attempt that still goes on.
    if (code !== 'ENAMETOOLONG' && code !== 'ENOENT') throw error;
  }
}

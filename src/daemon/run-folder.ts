/** The folder of this run of the daemon: what lies in it ends with the run, or with the next start after a crash. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sendSignal, startedWith } from '../executors/host/process-tree.ts';
import { removeFolder } from '../executors/host/remove-folder.ts';
import type { Logger } from '../kernel/logger.ts';

export interface RunFolder extends AsyncDisposable {
  readonly path: string;
}

/** Several daemons may share a data directory: each has its own folder, named for its process. */
export async function openRunFolder(dataDirectory: string, processId: number, logger: Logger): Promise<RunFolder> {
  const runs = join(dataDirectory, 'run');
  await mkdir(runs, { recursive: true, mode: 0o700 });
  for (const name of await readdir(runs)) {
    if (isAlive(Number(name)) && Number(name) !== processId) continue;
    try {
      await removeRun(join(runs, name));
    } catch (error) {
      // It is in nobody's way, except when its number is ours: then what follows fails and says why.
      logger.warn('Could not remove what an earlier daemon left.', { error });
    }
  }
  const path = join(runs, String(processId));
  await mkdir(path, { mode: 0o700 });
  return { path, [Symbol.asyncDispose]: () => removeFolder(path) };
}

async function removeRun(folder: string): Promise<void> {
  // Processes without a sandbox outlive a killed daemon; their TMPDIR lies in its folder.
  for (const pid of startedWith(`${folder}/`)) sendSignal(pid, 'SIGKILL');
  await removeFolder(folder);
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

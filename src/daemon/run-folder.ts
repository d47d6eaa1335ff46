/** The folder of this run of the daemon: what lies in it ends with the run, or with the next start after a crash. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface RunFolder extends Disposable {
  readonly path: string;
}

/** Several daemons may share a data directory: each has its own folder, named for its process. */
export function openRunFolder(dataDirectory: string, processId: number): RunFolder {
  const runs = join(dataDirectory, 'run');
  mkdirSync(runs, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(runs)) {
    if (!isAlive(Number(name)) || Number(name) === processId)
      rmSync(join(runs, name), { recursive: true, force: true });
  }
  const path = join(runs, String(processId));
  mkdirSync(path, { mode: 0o700 });
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
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

/** The folder in which one run of the daemon keeps code: nobody else's, and gone when the run is over. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../kernel/random.ts';

/** Folders are stamped with their daemon's process id, so that what a killed one left is told from what is in use. */
const stamp = /^(\d+)-[0-9a-f]+$/;

export class CodeDirectory implements Disposable {
  readonly path: string;

  /** Makes a new folder in `parent`, and removes those of daemons that are no more. */
  constructor(parent: string, random: Random) {
    this.path = join(parent, `${process.pid}-${random.hex(4)}`);
    mkdirSync(this.path, { recursive: true, mode: 0o755 });
    for (const name of readdirSync(parent)) {
      const owner = stamp.exec(name)?.[1];
      if (owner !== undefined && !isRunning(Number(owner)))
        rmSync(join(parent, name), { recursive: true, force: true });
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 asks and sends nothing.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process that we may not signal runs all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

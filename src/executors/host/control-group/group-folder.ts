/** What both versions of cgroups share: a group is a folder, its processes are the lines of `cgroup.procs`. */
import { readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../kernel/clock.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { numbers, sendSignal } from '../process-tree.ts';

const killRounds = 50;
const removalAttempts = 400;
const removalPause = milliseconds(5);

/** Reads a control file; '' when there is none. */
export function readControl(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'latin1');
  } catch {
    return '';
  }
}

/** Writes a control file; `false` when there is none or the kernel refuses the value. */
export function writeControl(folder: string, file: string, value: string): boolean {
  try {
    writeFileSync(join(folder, file), value, { flag: 'r+' });
    return true;
  } catch {
    return false;
  }
}

/** SIGKILL to all members, in rounds until one finds no member that was not signalled before. */
export function killMembers(folder: string): void {
  const signalled = new Set<number>();
  for (let round = 0; round < killRounds; round++) {
    const fresh = numbers(readControl(folder, 'cgroup.procs')).filter((pid) => pid > 0 && !signalled.has(pid));
    if (fresh.length === 0) return;
    for (const pid of fresh) {
      signalled.add(pid);
      sendSignal(pid, 'SIGKILL');
    }
  }
}

/**
 * Removes the group once the kernel has buried its processes, which takes a moment after they were killed.
 * Not to be aborted, as it is what keeps the machine clean: it gives up by itself after two seconds.
 * @throws Error of the file system
 */
export async function removeGroup(folder: string, clock: Clock): Promise<void> {
  const { signal } = new AbortController();
  for (let attempt = 1; ; attempt++) {
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || attempt === removalAttempts) throw error;
    }
    killMembers(folder);
    await clock.sleep(removalPause, signal);
  }
}

/** The folder of one executor of one daemon, stamped with its process so that what a killed daemon left can be told. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const stamp = /^lambdad-(\d+)-(\d+)-\w{6}/;

/** What names begin with that belong to a process: `lambdad-<process id>-<its start>-`. */
export const stampOf = (processId: number): string => `lambdad-${processId}-${startOf(processId) ?? 0}-`;

/** Creates `lambdad-<process id>-<its start>-<six characters>` below `workDirectory` and returns its path. */
export async function createInstanceFolder(workDirectory: string, processId: number): Promise<string> {
  await mkdir(workDirectory, { recursive: true, mode: 0o711 });
  return mkdtempSync(join(workDirectory, stampOf(processId)));
}

/** The folders below `parent` that begin with the stamp of a daemon that lives no more. */
export function leftovers(parent: string): readonly string[] {
  try {
    return readdirSync(parent)
      .filter(isLeftover)
      .map((name) => join(parent, name));
  } catch {
    return [];
  }
}

/** Whether `name` bears the stamp of a process that has ended, or whose number another process has since got. */
export function isLeftover(name: string): boolean {
  const [, id, start] = stamp.exec(name) ?? [];
  if (id === undefined || start === undefined) return false;
  const current = startOf(Number(id));
  return current === undefined || (start !== '0' && current !== start);
}

/** When a process started, in clock ticks since boot; '0' where the system does not tell, `undefined` for no process. */
function startOf(processId: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'latin1');
    // The name, in parentheses, may hold spaces; the start is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return process.platform === 'linux' || !exists(processId) ? undefined : '0';
  }
}

function exists(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The processes that this one has started and that still run. */
import { readFile } from 'node:fs/promises';

/** Command lines; empty where there is no `/proc`. */
export async function childProcesses(): Promise<readonly string[]> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8').catch(() => '');
  const commands = children
    .split(' ')
    .filter((pid) => pid !== '')
    .map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
  // A helper of the test runner's own is none of ours.
  return (await Promise.all(commands)).filter((command) => command !== '').map((text) => text.replaceAll('\0', ' '));
}

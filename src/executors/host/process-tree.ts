/** What Linux tells about processes, through /proc. Elsewhere, and about processes that have gone, nothing. */
import { readdirSync, readFileSync } from 'node:fs';

/** The children of a process, in the order in which they were started. */
export function childrenOf(pid: number): readonly number[] {
  try {
    return numbers(readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1'));
  } catch {
    return [];
  }
}

/** Decimal numbers between white space. */
export function numbers(text: string): readonly number[] {
  return text.split(/\s+/).filter(Boolean).map(Number);
}

/** Processes that were started with `text` in their environment variables, whatever group or session they moved to. */
export function startedWith(text: string): readonly number[] {
  const found: number[] = [];
  for (const pid of processIds()) {
    try {
      if (readFileSync(`/proc/${pid}/environ`).includes(text)) found.push(pid);
    } catch {
      // Gone, or somebody else's.
    }
  }
  return found;
}

/** Sends a signal to a process, or to a group when negative; `false` when there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** All processes there are. */
export function processIds(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

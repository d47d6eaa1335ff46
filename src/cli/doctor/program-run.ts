/** Runs another program to its end and says what came of it; never throws. */
import { execFile } from 'node:child_process';

export type ProgramRun =
  | { readonly kind: 'succeeded'; readonly output: string }
  | { readonly kind: 'failed'; readonly output: string }
  | { readonly kind: 'missing' };

const LONGEST_RUN = 10_000;

export function runToEnd(command: string, args: readonly string[]): Promise<ProgramRun> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: LONGEST_RUN, encoding: 'utf8' }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      if (error === null) resolve({ kind: 'succeeded', output });
      else if (error.code === 'ENOENT') resolve({ kind: 'missing' });
      else resolve({ kind: 'failed', output: output || error.message });
    });
  });
}

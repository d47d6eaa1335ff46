/** Runs a program of this machine for what it prints, as interpreters are asked for their version and place. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { HostPlatform } from '../host-platform.ts';

const run = promisify(execFile);

/** An interpreter answers within milliseconds; a shim that waits for an answer of its own user never does. */
const patience = 20_000;

/**
 * The lines that it printed to stdout or, when asked so, to stderr; `undefined` when it fails.
 * @throws the signal's reason when that aborts
 */
export async function askProgram(
  program: string,
  args: readonly string[],
  platform: HostPlatform,
  signal: AbortSignal,
  stream: 'stdout' | 'stderr' = 'stdout',
): Promise<readonly string[] | undefined> {
  try {
    const answer = await run(program, args, {
      signal,
      timeout: patience,
      env: { PATH: platform.searchPath, ...(platform.home === undefined ? {} : { HOME: platform.home }) },
    });
    return answer[stream].trim().split('\n');
  } catch {
    // A version manager's shim fails when the version that it stands for is not selected.
    signal.throwIfAborted();
    return undefined;
  }
}

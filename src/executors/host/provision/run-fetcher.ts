/** Runs the package manager that fetches something: npm, Maven. It finds its registry, proxy and credentials itself. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CouldNotFetch } from './could-not-fetch.ts';

const run = promisify(execFile);

/** Milliseconds: a hundred megabytes over a slow line. */
const patience = 15 * 60 * 1000;

/** @throws CouldNotFetch with what it said; the signal's reason when that aborts */
export async function runFetcher(
  program: string,
  args: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await run(program, args, { cwd: folder, signal, timeout: patience, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    signal.throwIfAborted();
    throw new CouldNotFetch(reasonOf(error), { cause: error });
  }
}

/** The first line of what it complained about that says something. */
function reasonOf(error: unknown): string {
  const said = (name: 'stderr' | 'stdout'): string => {
    const text: unknown = error instanceof Error && name in error ? Reflect.get(error, name) : '';
    return typeof text === 'string' ? text : '';
  };
  const lines = `${said('stderr')}\n${said('stdout')}`
    .split('\n')
    .map((line) => line.replace(/^(npm )?\[?error\]? */i, ''));
  return (
    lines
      .find((line) => / .* /.test(line))
      ?.trim()
      .slice(0, 200) ?? String(error).slice(0, 200)
  );
}

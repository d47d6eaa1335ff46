/** Finds the Python that runs a `python3.x` runtime. */
import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import { findProgram, type HostPlatform } from '../host-platform.ts';
import type { Interpreter } from './interpreter.ts';

const run = promisify(execFile);

/** A shim or a virtual environment is a stand-in: Python itself says where it lives. */
const askPython = [
  'import os, sys, platform',
  'print(os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable))',
  'print(sys.base_prefix)',
  'print(platform.python_version())',
].join('\n');

/**
 * The Python of exactly this version when the machine has it, otherwise its `python3`; `undefined` when there is none.
 * @param version `3.12`
 */
export async function findPython(
  platform: HostPlatform,
  version: string,
  signal: AbortSignal,
): Promise<Interpreter | undefined> {
  for (const name of [`python${version}`, 'python3']) {
    const program = findProgram(platform, name);
    const found = program && (await ask(program, platform, signal));
    if (found) return { ...found, names: [`python${version}`, 'python3', 'python'] };
  }
  return undefined;
}

async function ask(
  program: string,
  platform: HostPlatform,
  signal: AbortSignal,
): Promise<Omit<Interpreter, 'names'> | undefined> {
  try {
    const { stdout } = await run(program, ['-I', '-S', '-c', askPython], {
      signal,
      env: { PATH: platform.searchPath, ...(platform.home === undefined ? {} : { HOME: platform.home }) },
    });
    const [binary, prefix, version] = stdout.trim().split('\n');
    if (!binary || !prefix || !version) return undefined;
    return { binary: realpathSync(binary), prefix, version };
  } catch {
    // A version manager's shim fails when the version that it stands for is not selected.
    signal.throwIfAborted();
    return undefined;
  }
}

/** Finds the Python that runs a `python3.x` runtime. */
import { realpathSync } from 'node:fs';
import { findProgram, type HostPlatform } from '../host-platform.ts';
import { askProgram } from './ask-program.ts';
import { installedVersions } from './installed-versions.ts';
import type { Interpreter } from './interpreter.ts';

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
  const candidates = [
    findProgram(platform, `python${version}`),
    ...installedVersions(platform.home, 'python', version),
    findProgram(platform, 'python3'),
  ];
  for (const program of candidates) {
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
  const [binary, prefix, version] = (await askProgram(program, ['-I', '-S', '-c', askPython], platform, signal)) ?? [];
  if (!binary || !prefix || !version) return undefined;
  return { binary: realpathSync(binary), prefix, version };
}

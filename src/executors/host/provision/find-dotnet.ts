/** Finds the .NET that runs a `dotnet…` runtime. */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { findProgram, type HostPlatform, isExecutable } from '../host-platform.ts';
import { askProgram } from './ask-program.ts';
import { isVersion } from './installed-versions.ts';
import type { Interpreter } from './interpreter.ts';

/**
 * One `dotnet` has all versions beside it: the newest of the version that is asked for, else the newest of all;
 * `undefined` when there is none.
 * @param version `8`
 */
export async function findDotnet(
  platform: HostPlatform,
  version: string,
  signal: AbortSignal,
): Promise<Interpreter | undefined> {
  const ofUser = platform.home === undefined ? undefined : `${platform.home}/.dotnet/dotnet`;
  let another: Interpreter | undefined;
  for (const program of [findProgram(platform, 'dotnet'), ofUser]) {
    if (program === undefined || !isExecutable(program)) continue;
    const lines = (await askProgram(program, ['--list-runtimes'], platform, signal)) ?? [];
    // Microsoft.NETCore.App 8.0.11 [/usr/share/dotnet/shared/Microsoft.NETCore.App], the newest last
    const versions = lines.flatMap((line) => /^Microsoft\.NETCore\.App (\d+\.\d+\.\S+) /.exec(line)?.[1] ?? []);
    const chosen = versions.findLast((found) => isVersion(found, version)) ?? versions.at(-1);
    if (chosen === undefined) continue;
    const binary = realpathSync(program);
    const found: Interpreter = { binary, prefix: dirname(binary), version: chosen, names: ['dotnet'] };
    if (isVersion(chosen, version)) return found;
    another ??= found;
  }
  return another;
}

/** Finds the Java that runs a `java…` runtime. */
import { readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, type HostPlatform, isExecutable } from '../host-platform.ts';
import { askProgram } from './ask-program.ts';
import { installedVersions, isVersion } from './installed-versions.ts';
import type { Interpreter } from './interpreter.ts';

/** Where the packages of Linux distributions put every version, side by side. */
const systemFolder = '/usr/lib/jvm';

/**
 * The Java of exactly this version when the machine has it, otherwise any; `undefined` when there is none.
 * @param version `21`
 */
export async function findJava(
  platform: HostPlatform,
  version: string,
  signal: AbortSignal,
): Promise<Interpreter | undefined> {
  const onPath = findProgram(platform, 'java');
  let another: Interpreter | undefined;
  for (const program of [onPath, ...installedVersions(platform.home, 'java', version), ...systemVersions(version)]) {
    const found = program && (await ask(program, platform, signal));
    if (found && isVersion(found.version, version)) return found;
    another ??= found || undefined;
  }
  return another;
}

function systemVersions(version: string): readonly string[] {
  try {
    return readdirSync(systemFolder)
      .filter((name) => name.includes(`-${version}-`) || name.endsWith(`-${version}`))
      .map((name) => join(systemFolder, name, 'bin/java'))
      .filter(isExecutable);
  } catch {
    return [];
  }
}

async function ask(program: string, platform: HostPlatform, signal: AbortSignal): Promise<Interpreter | undefined> {
  const lines = await askProgram(program, ['-XshowSettings:properties', '-version'], platform, signal, 'stderr');
  const property = (name: string): string | undefined =>
    lines
      ?.map((line) => line.trim())
      .find((line) => line.startsWith(`${name} = `))
      ?.slice(name.length + 3);
  const [home, version] = [property('java.home'), property('java.version')];
  if (!home || !version) return undefined;
  // `1.8.0_432` is what Java 8 calls itself.
  return {
    binary: realpathSync(join(home, 'bin/java')),
    prefix: home,
    version: version.replace(/^1\./, ''),
    names: ['java'],
  };
}

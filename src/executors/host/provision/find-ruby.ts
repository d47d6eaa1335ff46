/** Finds the Ruby that runs a `ruby3.x` runtime. */
import { realpathSync } from 'node:fs';
import { findProgram, type HostPlatform } from '../host-platform.ts';
import { askProgram } from './ask-program.ts';
import { installedVersions, isVersion } from './installed-versions.ts';
import type { Interpreter } from './interpreter.ts';

/** A shim stands in for it: Ruby itself says where it lives. */
const askRuby = 'puts RbConfig.ruby, RbConfig::CONFIG["prefix"], RUBY_VERSION';

/**
 * The Ruby of exactly this version when the machine has it, otherwise any; `undefined` when there is none.
 * @param version `3.4`
 */
export async function findRuby(
  platform: HostPlatform,
  version: string,
  signal: AbortSignal,
): Promise<Interpreter | undefined> {
  const candidates = [
    findProgram(platform, `ruby${version}`),
    ...installedVersions(platform.home, 'ruby', version),
    findProgram(platform, 'ruby'),
  ];
  let another: Interpreter | undefined;
  for (const program of candidates) {
    const found = program && (await ask(program, platform, signal));
    if (found && isVersion(found.version, version)) return found;
    another ??= found || undefined;
  }
  return another;
}

async function ask(program: string, platform: HostPlatform, signal: AbortSignal): Promise<Interpreter | undefined> {
  const answer = await askProgram(program, ['--disable=gems', '-rrbconfig', '-e', askRuby], platform, signal);
  const [binary, prefix, version] = answer ?? [];
  if (!binary || !prefix || !version) return undefined;
  return { binary: realpathSync(binary), prefix, version, names: ['ruby'] };
}

/** Finds a Node.js of one major version on this machine. */
import { delimiter, join } from 'node:path';
import { type HostPlatform, isExecutable } from '../host-platform.ts';
import { askProgram } from './ask-program.ts';
import { installedVersions, isVersion } from './installed-versions.ts';
import type { Interpreter } from './interpreter.ts';

/** A shim stands in for it: Node.js itself says where it is. */
const askNode = 'process.execPath + "\\n" + process.versions.node';

/**
 * The daemon's own when its major is the one that is asked for, else one on the PATH or of a version manager;
 * `undefined` when there is none.
 * @param major `22`
 */
export async function findNode(
  platform: HostPlatform,
  major: string,
  signal: AbortSignal,
): Promise<Interpreter | undefined> {
  const own = ownNode(platform);
  if (isVersion(own.version, major)) return own;
  const onPath = platform.searchPath
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'node'));
  const candidates = new Set([...installedVersions(platform.home, 'nodejs', major), ...onPath]);
  for (const program of candidates) {
    const found = isExecutable(program) ? await askForNode(program, platform, signal) : undefined;
    if (found !== undefined && isVersion(found.version, major)) return found;
  }
  return undefined;
}

export const ownNode = ({ nodeBinary, nodeVersion }: HostPlatform): Interpreter => ({
  binary: nodeBinary,
  version: nodeVersion,
  prefix: undefined,
  names: ['node'],
});

/** `undefined` when this is no Node.js that runs here. */
export async function askForNode(
  program: string,
  platform: HostPlatform,
  signal: AbortSignal,
): Promise<Interpreter | undefined> {
  const [binary, version] = (await askProgram(program, ['-p', askNode], platform, signal)) ?? [];
  return binary && version ? { binary, version, prefix: undefined, names: ['node'] } : undefined;
}

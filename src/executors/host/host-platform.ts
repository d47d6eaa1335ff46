/** What the host executor must know of the machine and of the daemon, as values, so that a test can say otherwise. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface HostPlatform {
  readonly os: NodeJS.Platform;
  /** `x64`, `arm64` */
  readonly architecture: string;
  /** The Node.js that runs the daemon, and the functions for which there is no other. */
  readonly nodeBinary: string;
  /** Its version without the leading `v`. */
  readonly nodeVersion: string;
  /** The daemon's PATH: where interpreters and bubblewrap are looked for. Functions get a PATH of their own. */
  readonly searchPath: string;
  /** The user's home, which version managers' shims need to find the interpreter they stand for. */
  readonly home: string | undefined;
  readonly processId: number;
  /** Of the daemon's user; 0 is the superuser. */
  readonly userId: number;
}

/** The absolute path of a program on the search path; `undefined` when there is none that can be executed. */
export function findProgram(platform: HostPlatform, name: string): string | undefined {
  for (const folder of platform.searchPath.split(delimiter)) {
    if (folder === '') continue;
    const file = join(folder, name);
    if (isExecutable(file)) return file;
  }
  return undefined;
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

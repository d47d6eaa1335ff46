/** What a folder is as a function: its runtime and its handler, found by looking at it. */
import { constants } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Project {
  /** What is run as it is: the folder itself, or where its build puts the classes. */
  readonly folder: string;
  readonly runtime: string;
  readonly handler: string;
  /** The file that said so. */
  readonly foundIn: string;
}

/** A folder to be looked at. */
export class ProjectFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The text of a file, `undefined` where there is none. */
  async text(name: string): Promise<string | undefined> {
    return readFile(join(this.path, name), 'utf8').catch(() => undefined);
  }

  async has(name: string): Promise<boolean> {
    return canAccess(join(this.path, name), constants.F_OK);
  }

  async isProgram(name: string): Promise<boolean> {
    return canAccess(join(this.path, name), constants.X_OK);
  }

  /** Paths of all files below a folder in it, sorted; none where there is no such folder. */
  async filesBelow(name: string): Promise<readonly string[]> {
    const entries = await readdir(join(this.path, name), { recursive: true }).catch(() => []);
    return entries.map((entry) => join(name, entry)).toSorted();
  }
}

/** One language: what it finds, and in words what it looked for. */
export interface ProjectFinder {
  readonly looksFor: string;
  readonly find: (folder: ProjectFolder) => Promise<Project | undefined>;
}

const canAccess = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

/** The interpreters that version managers (nvm, pyenv, rbenv, SDKMAN!, asdf, …) keep below a user's home. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from '../host-platform.ts';

export type Language = 'nodejs' | 'python' | 'ruby' | 'java' | 'dotnet';

/** Each manager's folder of versions below the home, and where in a version the interpreter is. */
const layouts: Readonly<Record<Language, readonly (readonly [folder: string, binary: string])[]>> = {
  nodejs: [
    ['.nvm/versions/node', 'bin/node'],
    ['.local/share/fnm/node-versions', 'installation/bin/node'],
    ['.fnm/node-versions', 'installation/bin/node'],
    ['Library/Application Support/fnm/node-versions', 'installation/bin/node'],
    ['.volta/tools/image/node', 'bin/node'],
    ['.asdf/installs/nodejs', 'bin/node'],
    ['.local/share/mise/installs/node', 'bin/node'],
  ],
  python: [
    ['.pyenv/versions', 'bin/python3'],
    ['.asdf/installs/python', 'bin/python3'],
    ['.local/share/mise/installs/python', 'bin/python3'],
    ['.local/share/uv/python', 'bin/python3'],
  ],
  ruby: [
    ['.rbenv/versions', 'bin/ruby'],
    ['.rvm/rubies', 'bin/ruby'],
    ['.asdf/installs/ruby', 'bin/ruby'],
    ['.local/share/mise/installs/ruby', 'bin/ruby'],
  ],
  // One program has all of its versions beside it.
  dotnet: [],
  java: [
    ['.sdkman/candidates/java', 'bin/java'],
    ['.asdf/installs/java', 'bin/java'],
    ['.local/share/mise/installs/java', 'bin/java'],
  ],
};

/**
 * Absolute paths, the newest version first; what a folder's name says is not checked by running anything.
 * @param asked `22`, `3.12`: what the version has to be or to begin with
 */
export function installedVersions(home: string | undefined, language: Language, asked: string): readonly string[] {
  if (home === undefined) return [];
  return layouts[language]
    .flatMap(([folder, binary]) => versionsIn(join(home, folder), asked, binary))
    .sort((one, other) => compareVersions(other.version, one.version))
    .map(({ file }) => file);
}

/** `3.12.1` is a `3.12`, and `3.1` is not. */
export const isVersion = (version: string, asked: string): boolean =>
  version === asked || version.startsWith(`${asked}.`);

interface Installed {
  readonly version: string;
  readonly file: string;
}

function versionsIn(folder: string, asked: string, binary: string): readonly Installed[] {
  return entriesOf(folder).flatMap((name) => {
    // `v22.1.0`, `cpython-3.12.1-linux`, `temurin-21.0.1+12`, `21.0.1-tem`
    const version = /\d+(?:\.\d+)*/.exec(name)?.[0] ?? '';
    const file = join(folder, name, binary);
    return isVersion(version, asked) && isExecutable(file) ? [{ version, file }] : [];
  });
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // This manager is not in use.
  }
}

function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  for (let at = 0; at < 4; at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

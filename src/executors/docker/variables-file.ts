/** Reads the files that `--env-file` names. */
import { readFile } from 'node:fs/promises';

/**
 * Lines `NAME=value`; empty ones and those that begin with `#` say nothing, nor does a name alone.
 * @throws Error when a file cannot be read
 */
export async function readVariables(files: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const variables: [string, string][] = [];
  for (const file of files) {
    for (const line of (await readFile(file, 'utf8')).split(/\r?\n/)) {
      const [, name, value] = /^\s*([^#\s=][^=]*)=(.*)$/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) variables.push([name, value]);
    }
  }
  return Object.fromEntries(variables);
}

/** Java for tests. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import type { Files } from './zip-of.ts';

/**
 * The class files of one source, by their paths in a package, with the names of its variables.
 * @param name of its class, in the package `shop`
 * @param archives what it is compiled against
 */
export async function compiledJava(name: string, text: string, archives: readonly string[] = []): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), 'lambdad-java-'));
  try {
    const source = join(folder, `${name}.java`);
    await writeFile(source, text);
    const classPath = archives.length === 0 ? [] : ['-cp', archives.join(':')];
    const { code, stderr } = await runProgram(['javac', '-g', '--release', '17', ...classPath, '-d', folder, source]);
    assert.equal(code, 0, stderr);
    const found = await readdir(join(folder, 'shop'));
    const files = found.map(async (file) => [`shop/${file}`, await readFile(join(folder, 'shop', file))] as const);
    return Object.fromEntries(await Promise.all(files));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The deployment archive of a real function, for the end-to-end tests. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { buildRealFunction } from './build-real-function.ts';
import type { RealFunctionName } from './real-function-kind.ts';

/** The same bytes for the same content: the date of every entry is the earliest that a zip can say. */
const mtime = new Date(1980, 0, 1);

/** Builds the function if need be and returns its zip. */
export async function realFunction(name: RealFunctionName): Promise<Buffer> {
  const folder = await buildRealFunction(name);
  const zip = new ZipFile();
  const paths = await readdir(folder, { recursive: true });
  for (const path of paths.sort()) {
    const file = await stat(join(folder, path));
    if (file.isFile()) zip.addBuffer(await readFile(join(folder, path)), path, { mode: file.mode, mtime });
  }
  zip.end();
  return await buffer(zip.outputStream);
}

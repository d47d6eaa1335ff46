/** A deployment package from the text of its files. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

export type Files = Readonly<Record<string, string | Buffer>>;

/** So that the same files are the same package whenever it is made. */
const mtime = new Date(Date.UTC(2026, 0, 1));

/** Every file may be executed, as a custom runtime's `bootstrap` must. */
export async function zipOf(files: Files): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), name, { mode: 0o100755, mtime });
  zip.end();
  return buffer(zip.outputStream);
}

export const isPackage = (code: Files | Buffer): code is Buffer => Buffer.isBuffer(code);

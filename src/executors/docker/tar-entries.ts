/** The names in a tar archive that is too large to be kept. */
import type { Readable } from 'node:stream';

const block = 512;

export interface TarEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Of what is a file, folder or link; names longer than a header holds are not put together. */
export async function tarEntries(archive: Readable): Promise<readonly TarEntry[]> {
  const entries: TarEntry[] = [];
  let header = Buffer.alloc(0);
  let content = 0;
  for await (const chunk of archive as AsyncIterable<Buffer>) {
    let rest = chunk;
    while (rest.length > 0) {
      if (content > 0) {
        const passed = Math.min(content, rest.length);
        content -= passed;
        rest = rest.subarray(passed);
        continue;
      }
      const missing = block - header.length;
      header = Buffer.concat([header, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (header.length < block) continue;
      content = contentOf(header);
      const entry = entryOf(header);
      if (entry !== undefined) entries.push(entry);
      header = Buffer.alloc(0);
    }
  }
  return entries;
}

/** Whole blocks. */
function contentOf(header: Buffer): number {
  const size = Number.parseInt(header.toString('latin1', 124, 136), 8) || 0;
  return Math.ceil(size / block) * block;
}

function entryOf(header: Buffer): TarEntry | undefined {
  const name = header.toString('utf8', 0, 100).split('\0')[0] ?? '';
  const type = header.toString('latin1', 156, 157);
  return name !== '' && /[0-7\0]/.test(type) ? { name, isFolder: type === '5' } : undefined;
}

/** Tar archives, the form in which an engine takes files and gives them. */
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

const block = 512;

interface Entry {
  readonly name: string;
  readonly type: 'file' | 'directory' | 'link' | 'long-name' | 'long-link';
  readonly mode: number;
  readonly size: number;
  readonly target: string;
}

const typeFlags = { file: '0', link: '2', directory: '5', 'long-link': 'K', 'long-name': 'L' } as const;

/**
 * All that is in a folder, owned by root.
 * @param prefix goes before each name, with a slash at its end
 */
export function tarOf(folder: string, prefix = ''): Readable {
  return Readable.from(archive([{ folder, prefix }]));
}

/** Several folders in one archive. */
export function tarOfAll(folders: readonly { readonly folder: string; readonly prefix: string }[]): Readable {
  return Readable.from(archive(folders));
}

/** The content of the first file in an archive. */
export function firstFileOf(tar: Buffer): Buffer {
  const size = Number.parseInt(tar.toString('latin1', 124, 136), 8) || 0;
  return tar.subarray(block, block + size);
}

async function* archive(
  folders: readonly { readonly folder: string; readonly prefix: string }[],
): AsyncGenerator<Buffer, void, undefined> {
  for (const { folder, prefix } of folders) yield* contentOf(folder, prefix);
  yield Buffer.alloc(2 * block);
}

async function* contentOf(folder: string, prefix: string): AsyncGenerator<Buffer, void, undefined> {
  for (const name of (await readdir(folder)).toSorted()) {
    const path = join(folder, name);
    const stat = await lstat(path);
    const mode = stat.mode & 0o7777;
    if (stat.isDirectory()) {
      yield* headers({ name: `${prefix}${name}/`, type: 'directory', mode, size: 0, target: '' });
      yield* contentOf(path, `${prefix}${name}/`);
    } else if (stat.isSymbolicLink()) {
      yield* headers({ name: `${prefix}${name}`, type: 'link', mode: 0o777, size: 0, target: await readlink(path) });
    } else if (stat.isFile()) {
      yield* headers({ name: `${prefix}${name}`, type: 'file', mode, size: stat.size, target: '' });
      yield* fileOf(path, stat.size);
    }
  }
}

async function* fileOf(path: string, size: number): AsyncGenerator<Buffer, void, undefined> {
  if (size > 0) yield* createReadStream(path, { end: size - 1 }) as AsyncIterable<Buffer>;
  if (size % block > 0) yield Buffer.alloc(block - (size % block));
}

/** A name that the fields of a header do not hold goes before it, as the content of an entry of its own (GNU's way). */
function* headers(entry: Entry): Generator<Buffer> {
  if (Buffer.byteLength(entry.target) > 100) yield* longText('long-link', entry.target);
  if (Buffer.byteLength(entry.name) > 100) yield* longText('long-name', entry.name);
  yield header(entry);
}

function* longText(type: 'long-link' | 'long-name', text: string): Generator<Buffer> {
  const content = Buffer.from(`${text}\0`);
  yield header({ name: '././@LongLink', type, mode: 0, size: content.length, target: '' });
  yield Buffer.concat([content, Buffer.alloc((block - (content.length % block)) % block)]);
}

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html (ustar interchange format) */
function header({ name, type, mode, size, target }: Entry): Buffer {
  const bytes = Buffer.alloc(block);
  const octal = (value: number, at: number, digits: number): void =>
    void bytes.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  Buffer.from(name).copy(bytes, 0, 0, 100);
  octal(mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(0, 136, 11);
  bytes.fill(' ', 148, 156);
  bytes.write(typeFlags[type], 156, 'latin1');
  Buffer.from(target).copy(bytes, 157, 0, 100);
  bytes.write('ustar\0' + '00', 257, 'latin1');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return bytes;
}

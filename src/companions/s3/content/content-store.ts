/** Takes bodies in: small ones are kept in memory, larger ones go to files as they come. */
import { type FileHandle, mkdir, open, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../../../kernel/random.ts';
import { StoredBytes } from './stored-bytes.ts';

/** In bytes: as many objects as fit a machine's memory are worth less than the file that each would cost. */
const keptInMemory = 16 * 1024;

export class ContentStore implements AsyncDisposable {
  readonly #folder: string;
  readonly #random: Random;
  #isMade: Promise<unknown> | undefined;

  /** @param folder made when it is first needed, and removed at the end */
  constructor(folder: string, random: Random) {
    this.#folder = folder;
    this.#random = random;
  }

  /** At the pace of the disk. Nothing is left of a body that breaks off. @throws what the body throws */
  async receive(body: AsyncIterable<Buffer>): Promise<StoredBytes> {
    let early: Buffer[] = [];
    let size = 0;
    let file: OpenFile | undefined;
    try {
      for await (const chunk of body) {
        size += chunk.length;
        if (file !== undefined) {
          await writeAll(file.handle, chunk);
          continue;
        }
        early.push(chunk);
        if (size <= keptInMemory) continue;
        file = await this.#newFile();
        for (const former of early) await writeAll(file.handle, former);
        early = [];
      }
    } catch (error) {
      await file?.handle.close();
      if (file !== undefined) await unlink(file.path).catch(() => undefined);
      throw error;
    }
    if (file === undefined) return new StoredBytes(size, { kind: 'memory', bytes: Buffer.concat(early, size) });
    await file.handle.close();
    return new StoredBytes(size, { kind: 'file', path: file.path });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #newFile(): Promise<OpenFile> {
    this.#isMade ??= mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#isMade;
    const path = join(this.#folder, this.#random.hex(16));
    return { path, handle: await open(path, 'wx', 0o600) };
  }
}

interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** A file may take less than it is given. */
async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  let done = 0;
  while (done < chunk.length) done += (await handle.write(chunk, done)).bytesWritten;
}

/** Takes bodies in: small ones are kept in memory, larger ones go to files as they come. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../../../kernel/random.ts';
import { GrowingFile } from './growing-file.ts';
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
    let file: GrowingFile | undefined;
    try {
      for await (const chunk of body) {
        size += chunk.length;
        if (file !== undefined) {
          await file.append(chunk);
          continue;
        }
        early.push(chunk);
        if (size <= keptInMemory) continue;
        file = await this.#newFile();
        for (const former of early) await file.append(former);
        early = [];
      }
      await file?.finish();
    } catch (error) {
      await file?.discard();
      throw error;
    }
    if (file === undefined) return new StoredBytes(size, { kind: 'memory', bytes: Buffer.concat(early, size) });
    return new StoredBytes(size, { kind: 'file', path: file.path });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #newFile(): Promise<GrowingFile> {
    this.#isMade ??= mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#isMade;
    return await GrowingFile.create(join(this.#folder, this.#random.hex(16)));
  }
}

/** A file that is written while more of it comes: one piece is on its way to the disk, the next is collected. */
import { type FileHandle, open, unlink } from 'node:fs/promises';

/** In bytes: as much is held twice at most. */
const pieceSize = 512 * 1024;

export class GrowingFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #collected: Buffer[] = [];
  #collectedSize = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  /** @throws Error when there is a file of that path already */
  static async create(path: string): Promise<GrowingFile> {
    return new GrowingFile(path, await open(path, 'wx', 0o600));
  }

  /** Waits when the disk is slower than what comes. */
  async append(chunk: Buffer): Promise<void> {
    this.#collected.push(chunk);
    this.#collectedSize += chunk.length;
    if (this.#collectedSize >= pieceSize) await this.#write();
  }

  async finish(): Promise<void> {
    await this.#write();
    await this.#writing;
    await this.#handle.close();
  }

  async discard(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
    // With the folder of the run it may be gone already.
    await unlink(this.path).catch(() => undefined);
  }

  async #write(): Promise<void> {
    const piece = this.#collected;
    this.#collected = [];
    this.#collectedSize = 0;
    await this.#writing;
    this.#writing = this.#writeAll(piece);
    // Whoever appends or finishes next hears of it.
    this.#writing.catch(() => undefined);
  }

  /** A file may take less than it is given. */
  async #writeAll(piece: readonly Buffer[]): Promise<void> {
    let left = piece.filter(({ length }) => length > 0);
    while (left.length > 0) {
      let { bytesWritten } = await this.#handle.writev(left);
      const rest: Buffer[] = [];
      for (const chunk of left) {
        if (bytesWritten < chunk.length) rest.push(chunk.subarray(bytesWritten));
        bytesWritten = Math.max(0, bytesWritten - chunk.length);
      }
      left = rest;
    }
  }
}

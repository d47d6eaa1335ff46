/** Bytes that were received once and are kept as long as something uses them: in memory, or in a file of the run. */
import { open, unlink } from 'node:fs/promises';

/** What a reader gets at a time. */
const chunkSize = 256 * 1024;

type Place = { readonly kind: 'memory'; readonly bytes: Buffer } | { readonly kind: 'file'; readonly path: string };

/** Whoever makes it holds the first use of it. */
export class StoredBytes {
  readonly size: number;
  readonly #place: Place;
  #uses = 1;

  constructor(size: number, place: Place) {
    this.size = size;
    this.#place = place;
  }

  retain(): void {
    this.#uses++;
  }

  /** The last use to end takes the file away. */
  release(): void {
    this.#uses--;
    // A file that is not there any more went with the folder of the run.
    if (this.#uses === 0 && this.#place.kind === 'file') unlink(this.#place.path).catch(() => undefined);
  }

  /** At the reader's pace; what is being read stays until the reader has ended. */
  async *read(start: number, length: number): AsyncGenerator<Buffer> {
    if (length === 0) return;
    if (this.#place.kind === 'memory') {
      yield this.#place.bytes.subarray(start, start + length);
      return;
    }
    this.retain();
    try {
      await using file = await open(this.#place.path, 'r');
      let position = start;
      const end = start + length;
      while (position < end) {
        const chunk = Buffer.allocUnsafe(Math.min(chunkSize, end - position));
        const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
        if (bytesRead === 0) throw new Error('a stored object is shorter than it was');
        position += bytesRead;
        yield chunk.subarray(0, bytesRead);
      }
    } finally {
      this.release();
    }
  }
}

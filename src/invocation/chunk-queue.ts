/** Joins a function that writes with a caller that reads: at most one chunk waits, so that neither runs ahead. */
import type { VersionId } from '../lambda/function/function-version.ts';
import type { InvocationStream } from './invocation-stream.ts';

export interface StreamHead {
  readonly contentType: string | undefined;
  readonly executedVersion: VersionId;
}

export class ChunkQueue implements InvocationStream, AsyncIterable<Buffer> {
  /** Settles when the answer begins. */
  readonly begun: Promise<StreamHead>;
  readonly #begin: (head: StreamHead) => void;
  readonly #chunks: { readonly chunk: Buffer; readonly taken: () => void }[] = [];
  #wake: (() => void) | undefined;
  #closed = false;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<StreamHead>();
    this.begun = promise;
    this.#begin = resolve;
  }

  begin(contentType: string | undefined, executedVersion: VersionId): void {
    this.#begin({ contentType, executedVersion });
  }

  /** The reader's pace is the function's: the promise settles when the chunk was taken. */
  write(chunk: Buffer): Promise<void> | undefined {
    if (this.#closed) return undefined;
    return new Promise((taken) => {
      this.#chunks.push({ chunk, taken });
      this.#wake?.();
    });
  }

  /** Nothing more is written, or nobody reads any more: what waits is let go. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /** Chunks in order, until `close`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const next = this.#chunks.shift();
        if (next !== undefined) {
          next.taken();
          yield next.chunk;
        } else if (this.#closed) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      // The reader has left, perhaps in the middle: a function that still writes is not held up.
      this.#closed = true;
      for (const { taken } of this.#chunks.splice(0)) taken();
    }
  }
}

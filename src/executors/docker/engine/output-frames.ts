/** Takes apart the stream in which an engine sends both outputs of a container. */

const headerSize = 8;

/**
 * Each frame has a header: one byte for stdin, stdout or stderr, three of zero, and the size in four, big-endian.
 * @see https://docs.docker.com/reference/api/engine/ (attach to a container, stream format)
 */
export class OutputFrames {
  readonly #output: (chunk: Buffer) => void;
  #header: Buffer = Buffer.alloc(0);
  #left = 0;

  /** @param output gets the content of frames, in pieces as they come */
  constructor(output: (chunk: Buffer) => void) {
    this.#output = output;
  }

  write(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#left > 0 ? this.#content(rest) : this.#next(rest);
  }

  #content(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.#left);
    this.#left -= part.length;
    this.#output(part);
    return chunk.subarray(part.length);
  }

  #next(chunk: Buffer): Buffer {
    const missing = headerSize - this.#header.length;
    this.#header = Buffer.concat([this.#header, chunk.subarray(0, missing)]);
    if (this.#header.length === headerSize) {
      this.#left = this.#header.readUInt32BE(4);
      this.#header = Buffer.alloc(0);
    }
    return chunk.subarray(missing);
  }
}

/** The last 4 KB of an invocation's log, for `X-Amz-Log-Result`. Source: Lambda API reference, Invoke, LogType. */

const tailSize = 4096;

export class LogTail {
  readonly #lines: Buffer[] = [];
  #size = 0;

  add(message: string): void {
    const line = Buffer.from(`${message}\n`);
    this.#lines.push(line);
    this.#size += line.length;
    for (let first = this.#lines[0]; first !== undefined && this.#size - first.length >= tailSize; ) {
      this.#lines.shift();
      this.#size -= first.length;
      first = this.#lines[0];
    }
  }

  bytes(): Buffer {
    const all = Buffer.concat(this.#lines, this.#size);
    return all.length > tailSize ? all.subarray(all.length - tailSize) : all;
  }
}

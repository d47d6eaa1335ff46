/** Finds the launcher's report of the runtime's end in the output that both write to. */

const newline = 0x0a;
const nul = 0x00;
const longestStatus = 3;

export class MarkedOutput {
  readonly #mark: Buffer;
  readonly #output: (chunk: Buffer) => void;
  readonly #ended: (status: number) => void;
  #held: Buffer = Buffer.alloc(0);

  /**
   * @param mark that comes after a NUL and before the exit code
   * @param ended called with the exit code, as a shell has it, when all that the runtime had written is out
   */
  constructor(mark: string, output: (chunk: Buffer) => void, ended: (status: number) => void) {
    this.#mark = Buffer.from(`\0${mark} `);
    this.#output = output;
    this.#ended = ended;
  }

  write(chunk: Buffer): void {
    let rest = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    for (;;) {
      const at = this.#next(rest);
      if (at < 0) break;
      this.#pass(rest.subarray(0, at));
      const end = rest.indexOf(newline, at);
      if (end < 0) {
        this.#held = Buffer.from(rest.subarray(at));
        return;
      }
      this.#ended(Number(rest.toString('latin1', at + this.#mark.length, end)));
      rest = rest.subarray(end + 1);
    }
    this.#pass(rest);
  }

  /** There is no more: what could have become a report was output. */
  end(): void {
    this.#pass(this.#held);
    this.#held = Buffer.alloc(0);
  }

  /** Where the report is, or may be beginning; -1 when all of it is output. */
  #next(text: Buffer): number {
    const length = this.#mark.length;
    for (let at = text.indexOf(nul); at >= 0; at = text.indexOf(nul, at + 1)) {
      const there = text.subarray(at, at + length);
      if (!there.equals(this.#mark.subarray(0, there.length))) continue;
      // Whole, it has a short number and the end of a line after it.
      const code = text.subarray(at + length, at + length + longestStatus + 1).toString('latin1');
      if (/^\d{0,3}$|^\d{1,3}\n/.test(code)) return at;
    }
    return -1;
  }

  #pass(output: Buffer): void {
    if (output.length > 0) this.#output(output);
  }
}

/** Cuts what a process writes into lines, whatever the chunks it arrives in. */
import { StringDecoder } from 'node:string_decoder';

/** The largest event of CloudWatch Logs, in UTF-16 units here: a longer line is cut into several. */
const longestLine = 256 * 1024;

export class OutputLines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #line: (text: string) => void;
  #partial = '';

  constructor(line: (text: string) => void) {
    this.#line = line;
  }

  write(chunk: Buffer): void {
    const text = this.#partial + this.#decoder.write(chunk);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#emit(text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end));
      start = end + 1;
    }
    // Of a line that is too long only whole pieces leave, so that where it is cut does not depend on the chunks.
    for (; text.length - start > longestLine; start += longestLine) this.#line(text.slice(start, start + longestLine));
    this.#partial = text.slice(start);
  }

  /** Emits what was written without a line end. */
  flush(): void {
    const text = this.#partial + this.#decoder.end();
    this.#partial = '';
    if (text !== '') this.#emit(text);
  }

  #emit(text: string): void {
    for (let start = 0; start < text.length; start += longestLine) this.#line(text.slice(start, start + longestLine));
  }
}

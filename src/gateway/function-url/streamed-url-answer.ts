/**
 * The answer of a URL with InvokeMode RESPONSE_STREAM: what the function writes goes to the caller at the caller's pace.
 * Source: Lambda developer guide, "Response streaming for Lambda functions".
 */
import type { ServerResponse } from 'node:http';
import { checkedUrlHead, InvalidUrlAnswer, preludeType, splitPrelude, type UrlHead } from './url-answer.ts';
import type { UrlStream } from './url-target.ts';

/** A prelude holds a status and headers: what is longer has no end. */
const longestPrelude = 64 * 1024;

export class StreamedUrlAnswer implements UrlStream {
  readonly #response: ServerResponse;
  /** Headers that every answer has. */
  readonly #identity: readonly string[];
  /** What came of a prelude whose end has not come; undefined when none is awaited. */
  #prelude: Buffer | undefined;
  /** Leaves with the first chunk: an error before that can still be told by the status. */
  #head: UrlHead | undefined;
  #fault: InvalidUrlAnswer | undefined;

  constructor(response: ServerResponse, identity: readonly string[]) {
    this.#response = response;
    this.#identity = identity;
  }

  begin(contentType: string | undefined): void {
    if (contentType === preludeType) this.#prelude = Buffer.alloc(0);
    else this.#head = { status: 200, headers: ['Content-Type', contentType ?? 'application/octet-stream'] };
  }

  write(chunk: Buffer): Promise<void> | undefined {
    if (this.#fault !== undefined) return undefined;
    try {
      if (this.#prelude !== undefined) return this.#readPrelude(Buffer.concat([this.#prelude, chunk]));
      this.#sendHead();
      return this.#send(chunk);
    } catch (error) {
      if (!(error instanceof InvalidUrlAnswer)) throw error;
      this.#fault = error;
      return undefined;
    }
  }

  /**
   * The function has ended.
   * @returns whether the caller has been answered; when not, nothing was sent yet
   * @throws InvalidUrlAnswer when what came is no answer
   */
  end(succeeded: boolean): boolean {
    if (this.#fault !== undefined) throw this.#fault;
    if (succeeded && this.#prelude !== undefined) throw new InvalidUrlAnswer('the prelude has no end');
    if (succeeded) this.#sendHead();
    if (!this.#response.headersSent) return this.#response.destroyed;
    // The status is out: that the answer is not whole, only a broken connection can say.
    if (succeeded) this.#response.end();
    else this.#response.destroy();
    return true;
  }

  #readPrelude(text: Buffer): Promise<void> | undefined {
    const split = splitPrelude(text);
    if (split === undefined) {
      if (text.length > longestPrelude) throw new InvalidUrlAnswer('the prelude has no end');
      this.#prelude = text;
      return undefined;
    }
    this.#prelude = undefined;
    this.#head = split.head;
    this.#sendHead();
    if (split.body.length > 0) return this.#send(split.body);
    // The function said all that there is to the head: it need not wait for the body.
    this.#response.flushHeaders();
    return undefined;
  }

  #sendHead(): void {
    if (this.#head === undefined || this.#response.destroyed) return;
    const { status, headers } = checkedUrlHead(this.#head);
    this.#head = undefined;
    this.#response.writeHead(status, [...headers, ...this.#identity]);
  }

  /** A caller that has gone takes everything, so that the function is not held up. */
  #send(chunk: Buffer): Promise<void> | undefined {
    const response = this.#response;
    if (response.destroyed || response.write(chunk)) return undefined;
    return new Promise((resolve) => {
      const go = (): void => {
        response.off('drain', go);
        response.off('close', go);
        resolve();
      };
      response.on('drain', go);
      response.on('close', go);
    });
  }
}

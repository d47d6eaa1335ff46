/**
 * Takes the content out of a body in chunks that name their length, as the SDKs send it when they add a checksum after it.
 * Signatures of chunks are passed over: this daemon does not check them.
 * @see Amazon S3 API reference, "Signature calculations: transferring payload in multiple chunks"
 */
import type { IncomingHttpHeaders } from 'node:http';
import { incompleteBody } from '../s3-error.ts';

/** A line that says how long a chunk is, or a trailing header. */
const longestLine = 8 * 1024;
const mostTrailers = 32;

type State =
  | { readonly kind: 'head' }
  | { readonly kind: 'content'; left: number }
  | { readonly kind: 'content-end' }
  | { readonly kind: 'trailers' }
  | { readonly kind: 'end' };

/** @param trailers gets the headers that come after the content, in lower case */
export async function* decodeAwsChunked(
  body: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = new ChunkReader(trailers);
  for await (const bytes of body) yield* reader.push(bytes);
  reader.finish();
}

class ChunkReader {
  readonly #trailers: Map<string, string>;
  #state: State = { kind: 'head' };
  /** The beginning of a line, whose end is still to come. */
  #line: Buffer = Buffer.alloc(0);
  #trailerCount = 0;

  constructor(trailers: Map<string, string>) {
    this.#trailers = trailers;
  }

  *push(bytes: Buffer): Generator<Buffer> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#state.kind === 'content') {
        const content = bytes.subarray(at, at + this.#state.left);
        at += content.length;
        this.#state.left -= content.length;
        if (this.#state.left === 0) this.#state = { kind: 'content-end' };
        yield content;
        continue;
      }
      // What follows the end is nothing of ours.
      if (this.#state.kind === 'end') return;
      const feed = bytes.indexOf(10, at);
      const rest = bytes.subarray(at, feed < 0 ? bytes.length : feed + 1);
      if (this.#line.length + rest.length > longestLine) throw incompleteBody();
      this.#line = this.#line.length === 0 ? rest : Buffer.concat([this.#line, rest]);
      at += rest.length;
      if (feed >= 0) this.#takeLine();
    }
  }

  /** The last line may lack its end: some clients leave the trailers' empty line away. */
  finish(): void {
    if (this.#state.kind === 'trailers' && this.#line.length > 0) this.#takeLine();
    if (this.#state.kind !== 'trailers' && this.#state.kind !== 'end') throw incompleteBody();
  }

  #takeLine(): void {
    const line = this.#line.toString('latin1').replace(/\r?\n$/, '');
    this.#line = Buffer.alloc(0);
    switch (this.#state.kind) {
      case 'head':
        this.#begin(line);
        break;
      case 'content-end':
        if (line !== '') throw incompleteBody();
        this.#state = { kind: 'head' };
        break;
      case 'trailers':
        this.#trailer(line);
        break;
      case 'content':
      case 'end':
        break;
    }
  }

  /** `10000;chunk-signature=…` */
  #begin(line: string): void {
    const size = /^[0-9a-fA-F]{1,13}(?=;|$)/.exec(line)?.[0];
    if (size === undefined) throw incompleteBody();
    const left = Number.parseInt(size, 16);
    this.#state = left === 0 ? { kind: 'trailers' } : { kind: 'content', left };
  }

  #trailer(line: string): void {
    if (line === '') {
      this.#state = { kind: 'end' };
      return;
    }
    const colon = line.indexOf(':');
    if (colon < 1 || ++this.#trailerCount > mostTrailers) throw incompleteBody();
    this.#trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

export function isAwsChunked(headers: IncomingHttpHeaders): boolean {
  const sha256 = headers['x-amz-content-sha256'];
  if (typeof sha256 === 'string' && sha256.startsWith('STREAMING-')) return true;
  return codingsOf(headers).includes('aws-chunked');
}

/** What the content itself is encoded in. */
export function contentEncodingOf(headers: IncomingHttpHeaders): string | undefined {
  const codings = codingsOf(headers).filter((coding) => coding !== 'aws-chunked');
  return codings.length === 0 ? undefined : codings.join(',');
}

const codingsOf = (headers: IncomingHttpHeaders): readonly string[] =>
  (headers['content-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');

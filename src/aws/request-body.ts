/** Reads a request's body whole, up to a limit; what is beyond the limit is refused and not kept. */
import type { IncomingMessage } from 'node:http';

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  readonly limit: number;

  constructor(limit: number) {
    super(`the request's body is larger than ${limit} bytes`);
    this.limit = limit;
  }
}

/** The client went away, or broke off, before its body was complete: nobody is left to be answered. */
export class BodyIncomplete extends Error {
  override readonly name = 'BodyIncomplete';
}

const empty = Buffer.alloc(0);

/** @throws BodyTooLarge, BodyIncomplete */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (length === undefined && encoding === undefined) return Promise.resolve(empty);
  if (Number(length ?? 0) > limit) return Promise.reject(new BodyTooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        chunks.length = 0;
        reject(new BodyTooLarge(limit));
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => {
      const only = chunks.length === 1 ? chunks[0] : undefined;
      resolve(only ?? (chunks.length === 0 ? empty : Buffer.concat(chunks, size)));
    });
    const broken = (): void => {
      // Also a request that is complete is closed in the end; an error, with its stack, is made only for the others.
      if (!request.complete) reject(new BodyIncomplete());
    };
    request.on('error', broken);
    request.on('close', broken);
  });
}

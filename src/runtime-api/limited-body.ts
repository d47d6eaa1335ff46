/** Reads a request's body up to a limit; what lies beyond is counted and thrown away, so that its sender is not stuck. */
import type { IncomingMessage } from 'node:http';

export type LimitedBody =
  | { readonly kind: 'whole'; readonly body: Buffer }
  | { readonly kind: 'too-large'; readonly size: number };

const empty = Buffer.alloc(0);

/** Calls `done` when the body has ended; never when the connection breaks before. */
export function readLimitedBody(request: IncomingMessage, limit: number, done: (body: LimitedBody) => void): void {
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) {
      first = undefined;
      more = undefined;
    } else if (first === undefined) {
      first = chunk;
    } else {
      more ??= [first];
      more.push(chunk);
    }
  });
  request.on('end', () => {
    if (size > limit) done({ kind: 'too-large', size });
    else done({ kind: 'whole', body: more === undefined ? (first ?? empty) : Buffer.concat(more, size) });
  });
}

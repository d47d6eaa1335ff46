/** Reads a function's answer chunk by chunk into the stream of whoever waits for it. */
import type { IncomingMessage } from 'node:http';
import { type Bytes, bytes } from '../kernel/quantity.ts';
import type { ResponseStream } from './response-stream.ts';
import type { RuntimeAnswer } from './runtime-event.ts';
import { trailerError } from './trailer-error.ts';

const modeHeader = 'lambda-runtime-function-response-mode';

/** What a function that streams may send in all. Source: Lambda developer guide, "Response streaming". */
const longestStream = bytes(200 * 1024 * 1024);

/**
 * Calls `done` once: when the answer is complete, when it is longer than allowed, or when its connection broke.
 * What comes after the limit is read and thrown away, so that the function is not stuck.
 */
export function readStreamedAnswer(
  request: IncomingMessage,
  stream: ResponseStream,
  maxPayload: Bytes,
  done: (answer: RuntimeAnswer) => void,
): void {
  const limit = request.headers[modeHeader] === 'streaming' ? longestStream : maxPayload;
  let size = 0;
  let ended = false;
  stream.begin(request.headers['content-type']);
  const take = (chunk: Buffer): Promise<void> | undefined => {
    size += chunk.length;
    return size > limit ? undefined : stream.write(chunk);
  };
  request.on('data', (chunk: Buffer) => {
    const slow = take(chunk);
    if (slow === undefined) return;
    request.pause();
    void slow.then(() => request.resume());
  });
  request.on('end', () => {
    ended = true;
    if (size > limit) done({ kind: 'too-large', size: bytes(size), limit });
    else done({ kind: 'streamed', size: bytes(size), error: trailerError(request) });
  });
  request.on('close', () => {
    if (ended) return;
    // What had arrived by then was sent, however slow the reader is.
    for (let rest: unknown = request.read(); Buffer.isBuffer(rest); rest = request.read()) void take(rest);
    done({ kind: 'cut-off', size: bytes(size) });
  });
}

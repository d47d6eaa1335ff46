/**
 * Reads the messages of AWS's event stream encoding as they arrive. Checksums are left alone: what comes from this
 * machine over TCP is what was sent.
 * Source: Amazon Transcribe developer guide, "Event stream encoding".
 */

export interface EventStreamMessage {
  /** `:event-type`, `:message-type`, …: those that are text. */
  readonly headers: ReadonlyMap<string, string>;
  readonly payload: Buffer;
}

const preludeSize = 12;
const checksumSize = 4;
const stringType = 7;

/** @throws Error when the stream ends in the middle of a message */
export async function* eventStreamMessages(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<EventStreamMessage> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    for (;;) {
      const length = rest.length >= preludeSize ? rest.readUInt32BE(0) : Number.POSITIVE_INFINITY;
      if (length < preludeSize + checksumSize) throw new Error('the answer is no event stream');
      if (rest.length < length) break;
      yield messageOf(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  }
  if (rest.length > 0) throw new Error('the answer ended in the middle');
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

function messageOf(frame: Buffer): EventStreamMessage {
  const headersEnd = preludeSize + frame.readUInt32BE(4);
  const headers = new Map<string, string>();
  for (let at = preludeSize; at < headersEnd; ) {
    const nameEnd = at + 1 + frame.readUInt8(at);
    const name = frame.toString('utf8', at + 1, nameEnd);
    // Lambda has no headers of other types; their lengths would have to be known to go on.
    if (frame.readUInt8(nameEnd) !== stringType) break;
    const valueStart = nameEnd + 3;
    const valueEnd = valueStart + frame.readUInt16BE(nameEnd + 1);
    headers.set(name, frame.toString('utf8', valueStart, valueEnd));
    at = valueEnd;
  }
  return { headers, payload: frame.subarray(headersEnd, frame.length - checksumSize) };
}

/** What a codec makes of an operation's output or of an error: a response that only has to be sent. */

export interface EncodedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where the response has no body at all, or a stream for one. */
  readonly body: Buffer | undefined;
  /** A body that comes piece by piece. */
  readonly stream?: AsyncIterable<Buffer>;
}

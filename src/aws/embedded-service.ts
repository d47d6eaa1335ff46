/** A service that runs in this process, as whoever has a request for it sees it: no socket is needed. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { EncodedResponse } from './protocol/encoded-response.ts';

export interface IncomingServiceRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the question mark; empty where there is none. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: RequestBody;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** Set for another service of this daemon, which calls over no socket: it may say what no client may. */
  readonly isInProcess?: boolean;
}

/** A body is taken once, in one of two ways. */
export interface RequestBody {
  /** @throws BodyTooLarge, BodyIncomplete */
  whole(limit: number): Promise<Buffer>;
  stream(): Readable;
}

export interface EmbeddedService extends AsyncDisposable {
  /** Answers every request, faulty ones too. @throws BodyIncomplete when nobody is left to be answered */
  answer(request: IncomingServiceRequest): Promise<EncodedResponse>;
}

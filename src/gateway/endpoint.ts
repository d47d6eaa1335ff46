/** A place under `/_lambdad`, `/_aws` or `/_localstack`: a pure function of a request, testable with no socket. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

export interface EdgeRequest {
  readonly method: string;
  /** Path without the query, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** The whole body, up to the gateway's limit. */
  body(): Promise<Buffer>;
}

export interface EdgeResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | Readable;
}

/** Answers a request, or says with `undefined` that it is not for this endpoint. */
export type Endpoint = (request: EdgeRequest) => EdgeResponse | undefined | Promise<EdgeResponse | undefined>;

export const json = (value: unknown, status = 200): EdgeResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** An answer ready to be sent, and the one way to send it. */
import type { ServerResponse } from 'node:http';

export interface WireResponse {
  readonly status: number;
  /** Names and values in turn, as `writeHead` takes them: no object is built for a response. */
  readonly headers: readonly string[];
  readonly body: Buffer | undefined;
}

export function send(response: ServerResponse, { status, headers, body }: WireResponse): void {
  if (response.destroyed || response.headersSent) return;
  const length = body === undefined ? 0 : body.length;
  const all = status === 204 ? [...headers] : [...headers, 'Content-Length', String(length)];
  response.writeHead(status, all);
  response.end(body);
}

/** A request over HTTP/2 in the shape that those over HTTP/1.1 have, so that nobody else need know the difference. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/**
 * What belongs to a connection of HTTP/1.1, and must not appear in HTTP/2.
 * @see RFC 9113, 8.2.2
 */
const ofTheConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/** Node.js gives both the same methods; what differs is put in place here. */
export function asHttp1(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
): readonly [IncomingMessage, ServerResponse] {
  const headers = plainHeaders(request);
  const headersDistinct = distinctHeaders(request, headers.host);
  Object.defineProperties(request, {
    headers: { value: headers },
    headersDistinct: { value: headersDistinct },
  });
  const writeHead = response.writeHead.bind(response);
  Object.defineProperties(response, {
    destroyed: { get: () => response.stream.destroyed },
    writeHead: {
      value: (status: number, given: readonly string[] | Readonly<Record<string, string | number>> = []) => {
        // Node.js declares an object only, and takes names and values in turn as well.
        writeHead(status, withoutConnection(given) as never);
        return response;
      },
    },
    flushHeaders: { value: () => response.stream.headersSent || response.stream.respond() },
  });
  return [request as unknown as IncomingMessage, response as unknown as ServerResponse];
}

function plainHeaders({ headers, stream }: Http2ServerRequest): Record<string, string | string[] | undefined> & {
  host?: string;
} {
  const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
  const host = headers[':authority'] ?? headers.host;
  if (host !== undefined) plain['host'] = host;
  // A body needs no length here: this says, as HTTP/1.1 would, that there is one.
  if (!stream.endAfterHeaders && plain['content-length'] === undefined) plain['transfer-encoding'] = 'chunked';
  return plain;
}

function distinctHeaders({ rawHeaders }: Http2ServerRequest, host: string | undefined): Record<string, string[]> {
  const distinct = Object.create(null) as Record<string, string[]>;
  if (host !== undefined) distinct['host'] = [host];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (name.startsWith(':') || name === 'host') continue;
    const value = rawHeaders[at + 1] ?? '';
    const before = distinct[name];
    if (before === undefined) distinct[name] = [value];
    else before.push(value);
  }
  return distinct;
}

function withoutConnection(
  given: readonly string[] | Readonly<Record<string, string | number>>,
): readonly (string | number)[] {
  const all = Array.isArray(given) ? (given as readonly string[]) : Object.entries(given).flat();
  const kept: (string | number)[] = [];
  for (let at = 0; at < all.length; at += 2) {
    const name = String(all[at]);
    if (!ofTheConnection.has(name.toLowerCase())) kept.push(name, all[at + 1] ?? '');
  }
  return kept;
}

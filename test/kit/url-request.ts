/** A request to a function URL: the name goes into the Host header, so that no DNS is needed. */
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface UrlRequest {
  readonly method?: string;
  /** Path and query, as sent. */
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface UrlAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

/** @param host Host header, without the port */
export async function urlRequest(port: number, host: string, given: UrlRequest = {}): Promise<UrlAnswer> {
  const { method = 'GET', path = '/', headers = {}, body } = given;
  const { promise, resolve, reject } = Promise.withResolvers<UrlAnswer>();
  const options = { host: '127.0.0.1', port, method, path, agent: false as const };
  const sent = request({ ...options, headers: { host: `${host}:${port}`, ...headers } }, (response) => {
    buffer(response).then((bytes) => {
      const { statusCode = 0 } = response;
      resolve({ status: statusCode, headers: response.headers, body: bytes, text: bytes.toString('utf8') });
    }, reject);
  });
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

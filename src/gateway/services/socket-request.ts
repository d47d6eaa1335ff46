/** A request of the listener, as an embedded service takes it. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { IncomingServiceRequest, RequestBody } from '../../aws/embedded-service.ts';
import { BodyTooLarge, readBody } from '../../aws/request-body.ts';

/** Where the query of a URL begins, behind its question mark; the URL's end when it has none. */
export function queryStart(url: string): number {
  const question = url.indexOf('?');
  return question < 0 ? url.length : question + 1;
}

/** One object for each of many short calls: it is its own body. */
export class SocketRequest implements IncomingServiceRequest, RequestBody {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #read: Buffer | undefined;
  #signal: AbortSignal | undefined;

  /** @param read the body, where it was read already */
  constructor(request: IncomingMessage, response: ServerResponse, read: Buffer | undefined) {
    const { method = 'GET', url = '/', headers } = request;
    const start = queryStart(url);
    this.method = method;
    this.path = start === url.length ? url.replace(/\?$/, '') : url.slice(0, start - 1);
    this.rawQuery = url.slice(start);
    this.headers = headers;
    this.#request = request;
    this.#response = response;
    this.#read = read;
  }

  get body(): RequestBody {
    return this;
  }

  /** Made late: it costs more than most calls, and only those that wait need it. */
  get signal(): AbortSignal {
    this.#signal ??= closeSignal(this.#response);
    return this.#signal;
  }

  async whole(limit: number): Promise<Buffer> {
    if (this.#read === undefined) return readBody(this.#request, limit);
    if (this.#read.length > limit) throw new BodyTooLarge(limit);
    return this.#read;
  }

  stream(): Readable {
    return this.#read === undefined ? this.#request : Readable.from([this.#read]);
  }
}

function closeSignal(response: ServerResponse): AbortSignal {
  if (response.destroyed) return AbortSignal.abort();
  const gone = new AbortController();
  // A response that was sent is closed too, but then nobody is left who waits.
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

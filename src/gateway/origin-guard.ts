/**
 * Keeps web pages from calling the API behind the developer's back: a request that a browser sends for a foreign page
 * carries that page's Origin. Pages of the developer's own machine, and those listed in EXTRA_CORS_ALLOWED_ORIGINS, may.
 */
import type { IncomingMessage } from 'node:http';
import type { HostNames } from './host-name.ts';

export class OriginGuard {
  readonly #hosts: HostNames;
  readonly #extra: ReadonlySet<string>;

  constructor(hosts: HostNames, extraAllowedOrigins: readonly string[]) {
    this.#hosts = hosts;
    this.#extra = new Set(extraAllowedOrigins);
  }

  /** Whether a request may be served. `null` is the Origin of sandboxed pages and of local files. */
  allows(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site';
    if (this.#extra.has(origin) || this.#extra.has('*')) return true;
    const url = URL.parse(origin);
    // What stands for a host in another scheme (`chrome-extension://<id>`) is no name on a network.
    const ofTheWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
    return ofTheWeb && url.hostname !== '' && this.#hosts.servesOwnPages(url.hostname);
  }

  /** Response headers that let the allowed page read the answer. */
  corsHeaders(request: IncomingMessage): readonly string[] {
    const { origin } = request.headers;
    if (origin === undefined) return [];
    const asked = request.headers['access-control-request-headers'];
    return [
      'Access-Control-Allow-Origin',
      origin,
      'Vary',
      'Origin',
      'Access-Control-Allow-Methods',
      'HEAD,GET,PUT,POST,DELETE,OPTIONS,PATCH',
      'Access-Control-Allow-Headers',
      typeof asked === 'string' ? asked : '*',
      'Access-Control-Expose-Headers',
      'x-amzn-RequestId,x-amzn-ErrorType,X-Amz-Executed-Version,X-Amz-Function-Error,X-Amz-Log-Result,X-Amzn-Trace-Id',
    ];
  }
}

/** Passes requests on to another endpoint, byte for byte in both directions. */
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { readBody } from '../../aws/request-body.ts';
import { type ServiceName, serviceTraits } from '../../aws/service-names.ts';
import { requestScope } from '../../aws/sigv4-scope.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { RequestSigner } from './request-signer.ts';

export interface ForwardTarget {
  /** For messages. */
  readonly service: string;
  readonly endpoint: string;
  /** What of the request was read already: all of it. */
  readonly body: Buffer | undefined;
}

export interface ForwardFault {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** Told to the other side, and refused when it comes back: an endpoint that is this very daemon would never end. */
const mark = 'x-lambdad-forwarded';

/** Names of one connection, not of the message. Source: RFC 9110, section 7.6.1. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
]);

/** Milliseconds. Nobody waits longer for the first byte of an answer; long polling takes 20 seconds. */
const longestWait = 65_000;

/** What is signed whole; only objects of S3 are larger, and those are not. */
const longestSigned = 16 * 1024 * 1024;

export interface RequestForwarderDeps {
  readonly logger: Logger;
  /** For the first byte of an answer, in milliseconds. */
  readonly patience?: number;
  /** Without it, requests keep the signatures that they came with. */
  readonly signer?: RequestSigner;
}

interface Passed {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** All of it, or nothing when it still is to be read from the client. */
  readonly body: Buffer | undefined;
}

export class RequestForwarder {
  readonly #logger: Logger;
  readonly #patience: number;
  readonly #signer: RequestSigner | undefined;

  constructor({ logger, patience = longestWait, signer }: RequestForwarderDeps) {
    this.#logger = logger;
    this.#patience = patience;
    this.#signer = signer;
  }

  /** @returns why nothing could be passed on, when nothing was answered yet */
  async forward(
    request: IncomingMessage,
    response: ServerResponse,
    target: ForwardTarget,
  ): Promise<ForwardFault | undefined> {
    const { service, endpoint } = target;
    if (request.headers[mark] !== undefined) {
      const message = `The endpoint of ${service}, ${endpoint}, leads back to this daemon. Set it to another one, or unset it.`;
      return { code: 'LoopDetected', status: 508, message };
    }
    try {
      const answer = await this.#ask(request, response, await this.#passed(request, target));
      if (isForeign(request, answer)) {
        answer.destroy();
        throw new Error(`its answer is ${answer.headers['content-type']}, which no AWS service sends`);
      }
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      await pipeline(answer, response).catch(() => void response.destroy());
      return undefined;
    } catch (error) {
      if (response.destroyed) return undefined;
      const reason =
        error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
      this.#logger.warn(`${service} cannot be used at its endpoint`, { endpoint, reason });
      const message = `${service} cannot be used at ${endpoint}: ${reason}`;
      return { code: 'ServiceUnavailable', status: 503, message };
    }
  }

  /** @throws Error that says why a request cannot be signed for AWS */
  async #passed(request: IncomingMessage, target: ForwardTarget): Promise<Passed> {
    const base = new URL(target.endpoint);
    const url = new URL(base.pathname.replace(/\/$/, '') + (request.url ?? '/'), base);
    const headers = { ...endToEnd(request.headers), host: base.host };
    if (this.#signer?.signsFor(base) !== true) return { url, headers: { ...headers, [mark]: '1' }, body: target.body };
    const signingName = signingNameOf(target.service);
    const body = target.body ?? (signingName === 's3' ? undefined : await readBody(request, longestSigned));
    const { region } = requestScope(request.headers.authorization, url.search);
    const method = request.method ?? 'GET';
    const signing = await this.#signer.sign({ signingName, region, method, url, headers, body });
    if (signing.kind === 'refused') throw new Error(signing.reason);
    const length = request.headers['content-length'];
    return {
      url,
      headers: { ...signing.headers, ...(length === undefined ? {} : { 'content-length': length }) },
      body,
    };
  }

  #ask(request: IncomingMessage, response: ServerResponse, { url, headers, body }: Passed): Promise<IncomingMessage> {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const passed = send(
        {
          hostname: url.hostname.replace(/^\[|\]$/g, ''),
          port: url.port,
          path: url.pathname + url.search,
          method: request.method,
          headers,
          timeout: this.#patience,
        },
        resolve,
      );
      passed.on('timeout', () => passed.destroy(new Error(`no answer within ${this.#patience / 1000} seconds`)));
      passed.on('error', reject);
      response.on('close', () => passed.destroy());
      if (body === undefined) pipeline(request, passed).catch(reject);
      else passed.end(body);
    });
  }
}

const signingNameOf = (service: string): string =>
  Object.hasOwn(serviceTraits, service) ? serviceTraits[service as ServiceName].signingName : service;

/** A page or a plain text in answer to a call is from something that is no AWS service; an object of S3 may be either. */
function isForeign({ headers }: IncomingMessage, answer: IncomingMessage): boolean {
  const isCall =
    headers['x-amz-target'] !== undefined || headers['content-type']?.startsWith('application/x-www-form-') === true;
  return isCall && /^text\/(?:html|plain)\b/i.test(answer.headers['content-type'] ?? '');
}

const endToEnd = (headers: IncomingHttpHeaders): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hopByHop.has(name) ? [] : [[name, value]],
    ),
  );

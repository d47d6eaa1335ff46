/** Takes requests for the services beside Lambda to where those are: in this process, or at another endpoint. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { EncodedResponse } from '../../aws/protocol/encoded-response.ts';
import { type Recognised, serviceOfForm } from '../../aws/recognise-service.ts';
import { BodyIncomplete, readBody } from '../../aws/request-body.ts';
import type { Clock } from '../../kernel/clock.ts';
import { discardBody } from '../discard-body.ts';
import { frontFault } from './front-fault.ts';
import type { RequestForwarder } from './request-forwarder.ts';
import type { BackendOf } from './service-backend.ts';
import { queryStart, SocketRequest } from './socket-request.ts';

export interface ServiceEdgeDeps {
  readonly backendOf: BackendOf;
  readonly forwarder: RequestForwarder;
  readonly clock: Clock;
}

/** A form that has to be read before it is known whose it is: 1 MiB of messages may take three times as much when escaped. */
const longestForm = 4 * 1024 * 1024;

export class ServiceEdge {
  readonly #deps: ServiceEdgeDeps;

  constructor(deps: ServiceEdgeDeps) {
    this.#deps = deps;
  }

  /** Whose request it is was read from its head, unless a form has to be read first. */
  async serve(
    recognised: Exclude<Recognised, { readonly kind: 'lambda' }>,
    request: IncomingMessage,
    response: ServerResponse,
    extraHeaders: readonly string[],
  ): Promise<void> {
    switch (recognised.kind) {
      case 'service':
        return this.#serve(recognised.service, request, response, extraHeaders);
      case 'unknown':
        return this.#serve(recognised.signingName, request, response, extraHeaders);
      case 'form':
        return this.#serveForm(request, response, extraHeaders);
    }
  }

  async #serveForm(request: IncomingMessage, response: ServerResponse, extraHeaders: readonly string[]): Promise<void> {
    const url = request.url ?? '/';
    const rawQuery = url.slice(queryStart(url));
    let body: Buffer;
    try {
      body = await readBody(request, longestForm);
    } catch (error) {
      if (error instanceof BodyIncomplete) return;
      return this.#refuse(
        frontFault({ code: 'RequestEntityTooLarge', status: 413, message: 'The form is too large.' }, request),
        request,
        response,
      );
    }
    const service = serviceOfForm(new URLSearchParams(`${rawQuery}&${body.toString('utf8')}`));
    if (service !== undefined) return this.#serve(service, request, response, extraHeaders, body);
    const message = 'The request has neither a signature nor a Version that says which service it is for.';
    this.#refuse(frontFault({ code: 'MissingAction', status: 400, message }, request), request, response);
  }

  async #serve(
    service: string,
    request: IncomingMessage,
    response: ServerResponse,
    extraHeaders: readonly string[],
    body?: Buffer,
  ): Promise<void> {
    const backend = this.#deps.backendOf(service);
    switch (backend.kind) {
      case 'absent': {
        const fault = { code: 'NotImplemented', status: 501, message: backend.reason };
        return this.#refuse(frontFault(fault, request, service), request, response);
      }
      case 'elsewhere': {
        const fault = await this.#deps.forwarder.forward(request, response, {
          service,
          endpoint: backend.endpoint,
          body,
        });
        if (fault !== undefined) this.#refuse(frontFault(fault, request, service), request, response);
        return;
      }
      case 'embedded': {
        const embedded = await backend.open();
        try {
          const answer = await embedded.answer(new SocketRequest(request, response, body));
          if (!request.complete) discardBody(request, this.#deps.clock);
          await write(response, answer, extraHeaders, request.method === 'HEAD');
        } catch (error) {
          if (!(error instanceof BodyIncomplete)) throw error;
        }
      }
    }
  }

  #refuse(answer: EncodedResponse, request: IncomingMessage, response: ServerResponse): void {
    if (!request.complete) discardBody(request, this.#deps.clock);
    if (response.destroyed || response.headersSent) return;
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body?.length ?? 0) });
    response.end(answer.body);
  }
}

/** Bytes. */
const shortBody = 16 * 1024;

async function write(
  response: ServerResponse,
  { status, headers, body, stream }: EncodedResponse,
  extraHeaders: readonly string[],
  isHead: boolean,
): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  const all: string[] = [];
  for (const name in headers) all.push(name, headers[name] ?? '');
  all.push(...extraHeaders);
  if (stream !== undefined) {
    response.writeHead(status, all);
    // What comes at once needs no head start; and headers that are sent alone are not sent byte by byte.
    if (!('content-length' in headers)) response.flushHeaders();
    // The client may leave in the middle: the stream is then ended, and so is what feeds it.
    return pipeline(stream, response).catch(() => void response.destroy());
  }
  // The answer to HEAD says how long a body would be that is not sent.
  if (status !== 204 && status !== 304 && !('content-length' in headers)) {
    all.push('content-length', String(body?.length ?? 0));
  }
  response.writeHead(status, all);
  if (isHead || body === undefined) response.end();
  // A text goes out together with the head in one piece, which takes less than two pieces do.
  else if (body.length <= shortBody) response.end(body.toString('latin1'), 'latin1');
  else response.end(body);
}

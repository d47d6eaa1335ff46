/** Serves the endpoints under `/_lambdad`, `/_aws` and `/_localstack` over a socket. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BodyIncomplete, BodyTooLarge, readBody } from '../aws/request-body.ts';
import type { EdgeRequest, EdgeResponse, Endpoint } from './endpoint.ts';
import { json } from './endpoint.ts';

/** Nothing that is sent to these endpoints is large. */
const maxBody = 1024 * 1024;

export class InternalEndpoints {
  readonly #endpoints: readonly Endpoint[];

  constructor(endpoints: readonly Endpoint[]) {
    this.#endpoints = endpoints;
  }

  /** Whether a path is meant for these endpoints: no AWS API has one that begins so. */
  static owns(path: string): boolean {
    return path.startsWith('/_') || path === '/metrics';
  }

  async serve(request: IncomingMessage, response: ServerResponse, extraHeaders: readonly string[]): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const answer = await this.#answer(edgeRequest(request, gone.signal));
    if (gone.signal.aborted) {
      if (answer.body instanceof Readable) answer.body.destroy();
      return;
    }
    for (let at = 0; at < extraHeaders.length; at += 2) {
      response.setHeader(extraHeaders[at] ?? '', extraHeaders[at + 1] ?? '');
    }
    if (answer.body instanceof Readable) {
      response.writeHead(answer.status, { ...answer.headers });
      await pipeline(answer.body, response).catch(() => response.destroy());
      return;
    }
    const body = Buffer.from(answer.body ?? '');
    response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #answer(request: EdgeRequest): Promise<EdgeResponse> {
    try {
      for (const endpoint of this.#endpoints) {
        const answer = await endpoint(request);
        if (answer !== undefined) return answer;
      }
    } catch (error) {
      if (error instanceof BodyTooLarge) return json({ message: error.message }, 413);
      if (error instanceof BodyIncomplete) return json({ message: 'The body is incomplete' }, 400);
      throw error;
    }
    return json({ message: `There is nothing at ${request.method} ${request.path}` }, 404);
  }
}

function edgeRequest(request: IncomingMessage, signal: AbortSignal): EdgeRequest {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: question < 0 ? url : url.slice(0, question),
    query: new URLSearchParams(question < 0 ? '' : url.slice(question + 1)),
    headers: request.headers,
    signal,
    body: () => readBody(request, maxBody),
  };
}

/** Takes the requests of an SDK client straight to a service of this process. */
import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import type { EmbeddedService, RequestBody } from '../embedded-service.ts';
import type { EncodedResponse } from '../protocol/encoded-response.ts';
import { BodyTooLarge } from '../request-body.ts';

/** The parts of an SDK's request that are used here. */
interface ClientRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface ClientResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

interface HandlerOptions {
  readonly abortSignal?: unknown;
}

const never = new AbortController().signal;

export class InProcessHandler {
  readonly metadata = { handlerProtocol: 'in-process' };
  readonly #service: EmbeddedService;

  constructor(service: EmbeddedService) {
    this.#service = service;
  }

  async handle(request: ClientRequest, options: HandlerOptions = {}): Promise<{ response: ClientResponse }> {
    const answer = await this.#service.answer({
      method: request.method,
      path: request.path,
      rawQuery: queryText(request.query ?? {}),
      headers: withoutHost(request.headers),
      body: bodyOf(request.body),
      signal: options.abortSignal instanceof AbortSignal ? options.abortSignal : never,
      isInProcess: true,
    });
    return { response: clientResponse(answer) };
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  /** The service outlives its clients. */
  destroy(): void {}
}

/** Nobody reached the daemon by the name that the client made up: URLs then have the public one. */
function withoutHost(headers: Readonly<Record<string, string>>): IncomingHttpHeaders {
  const lower: IncomingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = value;
  delete lower.host;
  return lower;
}

function queryText(query: NonNullable<ClientRequest['query']>): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) fields.append(name, item ?? '');
  }
  return fields.toString();
}

function bodyOf(body: unknown): RequestBody {
  return {
    async whole(limit) {
      const bytes = await collected(body);
      if (bytes.length > limit) throw new BodyTooLarge(limit);
      return bytes;
    },
    stream: () => (body instanceof Readable ? body : Readable.from([wholeOf(body)])),
  };
}

async function collected(body: unknown): Promise<Buffer> {
  if (!(body instanceof Readable)) return wholeOf(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

function wholeOf(body: unknown): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.alloc(0);
}

function clientResponse({ status, headers, body, stream }: EncodedResponse): ClientResponse {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { statusCode: status, headers: lower, body: Readable.from(stream ?? (body === undefined ? [] : [body])) };
}

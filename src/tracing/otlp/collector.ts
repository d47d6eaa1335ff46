/** An OpenTelemetry collector that is reached over HTTP. Source: OTLP specification, "OTLP/HTTP Response". */
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, Agent as TlsAgent } from 'node:https';
import { type Milliseconds, milliseconds } from '../../kernel/quantity.ts';

export type PostOutcome =
  | { readonly kind: 'accepted' }
  /** Worth another try, and when the collector wants it. */
  | { readonly kind: 'later'; readonly after: Milliseconds | undefined; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Collector extends Disposable {
  /** One export. Never rejects. */
  post(body: string, signal: AbortSignal): Promise<PostOutcome>;
}

const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export class HttpCollector implements Collector {
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #request: typeof httpRequest;
  readonly #agent: Agent;

  /** @param endpoint without the path of the signal, `http://127.0.0.1:4318` */
  constructor(endpoint: URL, headers: Readonly<Record<string, string>>) {
    this.#url = new URL(`${endpoint.pathname.replace(/\/$/, '')}/v1/traces`, endpoint);
    this.#headers = headers;
    const tls = endpoint.protocol === 'https:';
    this.#request = tls ? httpsRequest : httpRequest;
    this.#agent = tls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  }

  async post(body: string, signal: AbortSignal): Promise<PostOutcome> {
    const content = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { method: 'POST', agent: this.#agent, signal, headers: { ...this.#headers, ...content } };
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        this.#request(this.#url, options, resolve).on('error', reject).end(body);
      });
      response.on('error', () => {}); // what it says besides its status is not needed
      response.resume();
      return outcomeOf(response);
    } catch (error) {
      return { kind: 'later', after: undefined, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

function outcomeOf({ statusCode = 0, headers }: IncomingMessage): PostOutcome {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'accepted' };
  const reason = `it answered ${statusCode}`;
  if (!retryable.has(statusCode)) return { kind: 'refused', reason };
  const seconds = Number(headers['retry-after']);
  return { kind: 'later', after: seconds > 0 ? milliseconds(seconds * 1000) : undefined, reason };
}

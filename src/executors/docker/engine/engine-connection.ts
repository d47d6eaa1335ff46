/** HTTP to a Docker engine: over its socket or TCP, as JSON or as a stream. */
import { Agent, type ClientRequest, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { Duplex, Readable } from 'node:stream';
import { json, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { EngineAddress } from './engine-address.ts';
import { EngineError } from './engine-error.ts';

export type EngineMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

export interface EngineRequest {
  readonly method: EngineMethod;
  /** Below the version, with a leading slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a tar archive, in place of `body`. */
  readonly archive?: Readable;
  readonly signal?: AbortSignal;
}

export class EngineConnection implements Disposable {
  readonly #options: RequestOptions;
  readonly #agent: Agent;
  readonly #send: (options: RequestOptions) => ClientRequest;
  #version = '';

  constructor(address: EngineAddress) {
    if (address.kind === 'socket') {
      this.#options = { socketPath: address.path };
    } else {
      this.#options = { host: address.host, port: address.port };
    }
    const tls = address.kind === 'tcp' ? address.tls : undefined;
    const pooling = { keepAlive: true, noDelay: true };
    if (tls === undefined) {
      this.#agent = new Agent(pooling);
      this.#send = (options) => request(options);
    } else {
      const { ca, certificate: cert, key, verify: rejectUnauthorized } = tls;
      this.#agent = new TlsAgent({ ...pooling, ca, cert, key, rejectUnauthorized });
      this.#send = (options) => tlsRequest(options);
    }
  }

  /** All requests from now on speak this version of the API. */
  speak(version: string): void {
    this.#version = `/v${version}`;
  }

  /** The headers alone of an answer. */
  async headers(sent: EngineRequest): Promise<IncomingMessage['headers']> {
    const answer = await this.stream(sent);
    await discard(answer);
    return answer.headers;
  }

  /** The answer, which is JSON. The caller knows its form from the engine's documentation. */
  async json<Answer>(sent: EngineRequest): Promise<Answer> {
    try {
      return (await json(await this.stream(sent))) as Answer;
    } catch (error) {
      throw asEngineError(error, sent);
    }
  }

  /** For what is answered by nothing but its success. */
  async command(sent: EngineRequest): Promise<void> {
    await discard(await this.stream(sent)).catch((error: unknown) => {
      throw asEngineError(error, sent);
    });
  }

  /** The body of the answer as it comes; an error of the engine is thrown before. */
  async stream(sent: EngineRequest): Promise<IncomingMessage> {
    try {
      sent.signal?.throwIfAborted();
      const answer = await this.#exchange(sent);
      const status = answer.statusCode ?? 0;
      if (status < 400) return answer;
      throw new EngineError(messageOf(await text(answer), status), status);
    } catch (error) {
      throw asEngineError(error, sent);
    }
  }

  /** Both ways: what is written goes to the engine, which answers with what it has to say. */
  async duplex(sent: EngineRequest): Promise<Duplex> {
    try {
      sent.signal?.throwIfAborted();
      return await this.#upgrade(sent);
    } catch (error) {
      throw asEngineError(error, sent);
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  #upgrade(sent: EngineRequest): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const outgoing = this.#request(sent, { connection: 'Upgrade', upgrade: 'tcp' });
      outgoing.on('error', reject);
      outgoing.on('upgrade', (_answer, socket, head) => {
        // The request's own listener is gone; whoever reads hears of an end.
        socket.on('error', () => socket.destroy());
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      });
      outgoing.on('response', (answer) => {
        const status = answer.statusCode ?? 0;
        text(answer).then((body) => reject(new EngineError(messageOf(body, status), status)), reject);
      });
      outgoing.end(payloadOf(sent));
    });
  }

  #exchange(sent: EngineRequest): Promise<IncomingMessage> {
    const { archive } = sent;
    return new Promise((resolve, reject) => {
      const outgoing = this.#request(sent);
      outgoing.on('error', reject);
      outgoing.on('response', resolve);
      if (archive === undefined) outgoing.end(payloadOf(sent));
      else pipeline(archive, outgoing).catch(reject);
    });
  }

  #request(sent: EngineRequest, more: Record<string, string> = {}): ClientRequest {
    const { method, path, query = {}, archive, signal } = sent;
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const search = given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
    return this.#send({
      ...this.#options,
      agent: this.#agent,
      method,
      path: `${this.#version}${path}${search}`,
      headers: { host: 'docker', ...contentHeaders(payloadOf(sent), archive), ...more },
      ...(signal === undefined ? {} : { signal }),
    });
  }
}

const payloadOf = ({ body }: EngineRequest): Buffer | undefined =>
  body === undefined ? undefined : Buffer.from(JSON.stringify(body));

function contentHeaders(payload: Buffer | undefined, archive: Readable | undefined): Record<string, string> {
  if (archive !== undefined) return { 'content-type': 'application/x-tar' };
  if (payload === undefined) return { 'content-length': '0' };
  return { 'content-type': 'application/json', 'content-length': String(payload.length) };
}

/** To its end, so that the connection can be used again. */
async function discard(answer: IncomingMessage): Promise<void> {
  for await (const _ of answer);
}

function messageOf(body: string, status: number): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    if (typeof message === 'string' && message !== '') return message;
  } catch {
    // Not every refusal is a document.
  }
  return body.trim() || `the Docker engine answered ${status}`;
}

function asEngineError(error: unknown, { method, path, signal }: EngineRequest): unknown {
  if (error instanceof EngineError) return error;
  if (signal?.aborted) return signal.reason;
  const message = error instanceof Error ? error.message : String(error);
  return new EngineError(`no answer of the Docker engine to ${method} ${path}: ${message}`, undefined, error);
}

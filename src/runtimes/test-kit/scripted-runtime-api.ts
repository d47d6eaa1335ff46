/** A Runtime API that a test scripts: it hands the bootstrap under test one event at a time and keeps what comes back. */
import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { listenOnLoopback } from './listen-on-loopback.ts';

/** One POST of the runtime. */
export interface RuntimePost {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly trailers: NodeJS.Dict<string>;
  readonly body: Buffer;
}

export interface ScriptedReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Sends the event without a Content-Length. */
  readonly chunked: boolean;
}

export class ScriptedRuntimeApi implements AsyncDisposable {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Everything that was posted, in order. */
  readonly posts: RuntimePost[] = [];
  readonly #server: Server;
  #parked: ServerResponse | undefined;
  #pending: ScriptedReply | undefined;
  #awaiting: ((post: RuntimePost) => void) | undefined;
  #served = 0;

  private constructor(server: Server, address: string) {
    this.#server = server;
    this.address = address;
    server.on('request', (request, response) => {
      if (request.method === 'GET') this.#park(response);
      else this.#take(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<ScriptedRuntimeApi> {
    const server = createServer();
    return new ScriptedRuntimeApi(server, await listenOnLoopback(server));
  }

  /** Hands over one event and resolves with the runtime's answer to it. */
  async invoke(event: unknown, reply: Partial<ScriptedReply> = {}): Promise<RuntimePost> {
    this.#pending = { headers: {}, body: Buffer.from(JSON.stringify(event)), chunked: false, ...reply };
    this.#flush();
    return await this.nextPost();
  }

  /** Resolves with the next POST: an answer, or the report of a failed init. */
  nextPost(): Promise<RuntimePost> {
    return new Promise((resolve) => {
      this.#awaiting = resolve;
    });
  }

  #park(response: ServerResponse): void {
    this.#parked = response;
    this.#flush();
  }

  #flush(): void {
    if (this.#parked === undefined || this.#pending === undefined) return;
    const { headers, body, chunked } = this.#pending;
    this.#served += 1;
    this.#parked.writeHead(200, {
      'Lambda-Runtime-Aws-Request-Id': requestId(this.#served),
      'Lambda-Runtime-Deadline-Ms': '32503680000000',
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-1:123456789012:function:tested',
      ...(chunked ? {} : { 'Content-Length': body.length }),
      ...headers,
    });
    this.#parked.end(body);
    this.#parked = undefined;
    this.#pending = undefined;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { url, headers, trailers } = request;
    const post = {
      path: (url ?? '').replace('/2018-06-01/runtime/', ''),
      headers,
      trailers,
      body: Buffer.concat(parts),
    };
    this.posts.push(post);
    response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}\n');
    const awaiting = this.#awaiting;
    this.#awaiting = undefined;
    awaiting?.(post);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

/** The id of the n-th event that a scripted Runtime API hands over, counted from 1. */
export function requestId(n: number): string {
  return `8476a536-e9f4-11e8-9739-${String(n).padStart(12, '0')}`;
}

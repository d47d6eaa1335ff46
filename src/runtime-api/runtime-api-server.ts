/**
 * The Runtime API, one listener for each environment. The variable AWS_LAMBDA_RUNTIME_API carries only host and port, so
 * the listener on which a connection arrives is what says which environment speaks. All listeners share one HTTP parser.
 */
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import { afterPoll } from '../kernel/event-loop.ts';
import { type Bytes, bytes } from '../kernel/quantity.ts';
import { readLimitedBody } from './limited-body.ts';
import { replyAccepted, replyError, replyEvent, replyRefused } from './runtime-api-reply.ts';
import { matchRuntimeRoute } from './runtime-route.ts';
import type { Delivery, RuntimeSession } from './runtime-session.ts';

export interface RuntimeApiListener extends AsyncDisposable {
  /** `host:port`, the value of AWS_LAMBDA_RUNTIME_API. Rejects when the system has no port left. */
  readonly address: Promise<string>;
  /** Connections belong to this session from now on, those that arrived since `detach` included. */
  attach(session: RuntimeSession): void;
  /** Closes the connections of the session before; new ones wait for the next `attach`. */
  detach(): void;
}

export interface RuntimeApiOptions {
  /** Where listeners bind; processes on this machine reach the loopback address. */
  readonly host: string;
  /** Largest answer of a function. Default at AWS: 6,291,556 bytes. */
  readonly maxPayload: Bytes;
}

const errorTypeHeader = 'lambda-runtime-function-error-type';

export class RuntimeApiServer {
  readonly #http: Server;
  readonly #sessions = new WeakMap<Socket, RuntimeSession>();
  readonly #options: RuntimeApiOptions;

  constructor(options: RuntimeApiOptions) {
    this.#options = options;
    this.#http = createHttpServer({ noDelay: true, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
    this.#http.on('request', (request, response) => this.#route(request, response));
    this.#http.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Opens a listener. */
  listen(): RuntimeApiListener {
    let session: RuntimeSession | undefined;
    const sockets = new Set<Socket>();
    const serve = (socket: Socket, to: RuntimeSession): void => {
      this.#sessions.set(socket, to);
      this.#http.emit('connection', socket);
    };
    const listener = createNetServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {}); // the HTTP layer handles its own; this one is for a socket that still waits
      if (session !== undefined) serve(socket, session);
    });
    const { host } = this.#options;
    const address = new Promise<string>((resolve, reject) => {
      listener.on('error', reject);
      listener.listen(0, host, () => resolve(`${host}:${(listener.address() as AddressInfo).port}`));
    });
    address.catch(() => {}); // whoever starts the environment hears of it
    const closeConnections = (): void => {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    };
    return {
      address,
      attach: (next) => {
        session = next;
        for (const socket of sockets) if (!this.#sessions.has(socket)) serve(socket, next);
      },
      detach() {
        session = undefined;
        closeConnections();
      },
      async [Symbol.asyncDispose]() {
        closeConnections();
        if (listener.listening) await new Promise<void>((resolve) => listener.close(() => resolve()));
      },
    };
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const session = this.#sessions.get(request.socket);
    const route = matchRuntimeRoute(request.method, request.url);
    if (session === undefined || route === undefined) {
      request.resume();
      replyError(response, 404, 'NotFound', `No such Runtime API path: ${request.method} ${request.url}`);
      return;
    }
    switch (route.kind) {
      case 'next':
        next(session, request, response);
        return;
      case 'init-error':
        this.#initError(session, request, response);
        return;
      case 'response':
      case 'error':
        this.#answer(session, route.kind, route.requestId, request, response);
        return;
    }
  }

  #initError(session: RuntimeSession, request: IncomingMessage, response: ServerResponse): void {
    readLimitedBody(request, this.#options.maxPayload, (read) => {
      const payload = read.kind === 'whole' ? read.body : Buffer.from('{}');
      const refusal = session.initError(payload, errorTypeOf(request));
      if (refusal === undefined) replyAccepted(response);
      else replyRefused(response, refusal, session.state);
    });
  }

  #answer(
    session: RuntimeSession,
    kind: 'response' | 'error',
    requestId: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const refusedAtOnce = session.mayAnswer(requestId);
    if (refusedAtOnce !== undefined) {
      request.resume();
      replyRefused(response, refusedAtOnce, session.state);
      return;
    }
    readLimitedBody(request, this.#options.maxPayload, (read) => {
      if (read.kind === 'too-large') {
        const limit = this.#options.maxPayload;
        replyError(response, 413, 'RequestEntityTooLarge', `Exceeded maximum allowed payload size (${limit} bytes).`);
        session.answer(requestId, { kind: 'too-large', size: bytes(read.size) });
        return;
      }
      const refusal = session.mayAnswer(requestId);
      if (refusal !== undefined) {
        replyRefused(response, refusal, session.state);
        return;
      }
      // The caller's answer leaves in this turn of the event loop; the runtime, which only goes on to wait, hears after.
      afterPoll(() => replyAccepted(response));
      session.answer(
        requestId,
        kind === 'response'
          ? { kind, payload: read.body, contentType: request.headers['content-type'] }
          : { kind, payload: read.body, errorType: errorTypeOf(request) },
      );
    });
  }
}

function next(session: RuntimeSession, request: IncomingMessage, response: ServerResponse): void {
  const delivery: Delivery = (event) => replyEvent(response, event);
  // Waits as long as the environment lives; only the end of its connection takes it back.
  response.on('close', () => session.unpark(delivery));
  const refusal = session.next(delivery);
  if (refusal !== undefined) replyRefused(response, refusal, session.state);
  request.resume();
}

function errorTypeOf(request: IncomingMessage): string {
  const value = request.headers[errorTypeHeader];
  return typeof value === 'string' && value !== '' ? value : 'Unhandled';
}

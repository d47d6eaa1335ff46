/**
 * The Runtime API, one listener for each environment. The variable AWS_LAMBDA_RUNTIME_API carries only host and port, so
 * the listener on which a connection arrives is what says which environment speaks. All listeners share one HTTP parser.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterPoll } from '../kernel/event-loop.ts';
import { type Bytes, bytes } from '../kernel/quantity.ts';
import { readLimitedBody } from './limited-body.ts';
import type { ResponseStream } from './response-stream.ts';
import {
  type Beside,
  type ListenerHost,
  listenForEnvironment,
  type RuntimeApiListener,
} from './runtime-api-listener.ts';
import type { RuntimeApiLog } from './runtime-api-log.ts';
import { replyAccepted, replyError, replyEvent, replyRefused, replyRestored } from './runtime-api-reply.ts';
import type { RuntimeAnswer } from './runtime-event.ts';
import { matchRuntimeRoute } from './runtime-route.ts';
import type { Delivery, RuntimeSession } from './runtime-session.ts';
import { readStreamedAnswer } from './streamed-answer.ts';
import { trailerError } from './trailer-error.ts';

export interface RuntimeApiOptions {
  /** Largest answer of a function. Default at AWS: 6,291,556 bytes. */
  readonly maxPayload: Bytes;
  /** Told of every request, where somebody wants to know. */
  readonly log?: RuntimeApiLog | undefined;
}

const errorTypeHeader = 'lambda-runtime-function-error-type';

export class RuntimeApiServer {
  readonly #http: Server;
  readonly #sessions = new WeakMap<Socket, RuntimeSession>();
  readonly #beside = new WeakMap<Socket, Beside>();
  readonly #names = new WeakMap<Socket, string>();
  readonly #options: RuntimeApiOptions;

  constructor(options: RuntimeApiOptions) {
    this.#options = options;
    this.#http = createServer({ noDelay: true, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
    this.#http.on('request', (request, response) => this.#route(request, response));
    this.#http.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Opens the listener of an environment. @param name of the environment, for the log */
  listen(host: ListenerHost, name = ''): RuntimeApiListener {
    return listenForEnvironment(host, (socket, session, beside) => {
      this.#sessions.set(socket, session);
      if (this.#options.log !== undefined) this.#names.set(socket, name);
      if (beside !== undefined) this.#beside.set(socket, beside);
      this.#http.emit('connection', socket);
    });
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    this.#options.log?.request(request, response, this.#names.get(request.socket) ?? '');
    const session = this.#sessions.get(request.socket);
    const route = matchRuntimeRoute(request.method, request.url);
    if (session === undefined || route === undefined) {
      if (this.#beside.get(request.socket)?.(request, response) === true) return;
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
      case 'restore-next':
        restoreNext(session, request, response);
        return;
      case 'restore-error':
        this.#restoreError(session, request, response);
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

  /** What went wrong stands in the function's log; only its type is told further. */
  #restoreError(session: RuntimeSession, request: IncomingMessage, response: ServerResponse): void {
    readLimitedBody(request, this.#options.maxPayload, () => {
      const refusal = session.restoreError(errorTypeOf(request));
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
    const stream = kind === 'response' ? session.current?.stream : undefined;
    if (stream !== undefined) {
      this.#stream(session, requestId, stream, request, response);
      return;
    }
    readLimitedBody(request, this.#options.maxPayload, (read) => {
      if (read.kind === 'too-large') {
        const limit = this.#options.maxPayload;
        replyTooLarge(response, limit);
        session.answer(requestId, { kind: 'too-large', size: bytes(read.size), limit });
        return;
      }
      const refusal = session.mayAnswer(requestId);
      if (refusal !== undefined) {
        replyRefused(response, refusal, session.state);
        return;
      }
      // The caller's answer leaves in this turn of the event loop; the runtime, which only goes on to wait, hears after.
      afterPoll(() => replyAccepted(response));
      session.answer(requestId, bufferedAnswer(kind, read.body, request));
    });
  }

  #stream(
    session: RuntimeSession,
    requestId: string,
    stream: ResponseStream,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    session.beginStream();
    readStreamedAnswer(request, stream, this.#options.maxPayload, (answer) => {
      if (answer.kind === 'too-large') replyTooLarge(response, answer.limit);
      else afterPoll(() => replyAccepted(response));
      session.endStream(requestId, answer);
    });
  }
}

function replyTooLarge(response: ServerResponse, limit: Bytes): void {
  replyError(response, 413, 'RequestEntityTooLarge', `Exceeded maximum allowed payload size (${limit} bytes).`);
}

/** A function that streams is answered for whole where nobody reads a stream; its error then comes in the trailers. */
function bufferedAnswer(kind: 'response' | 'error', payload: Buffer, request: IncomingMessage): RuntimeAnswer {
  if (kind === 'error') return { kind, payload, errorType: errorTypeOf(request) };
  const late = trailerError(request);
  if (late !== undefined) return { kind: 'error', ...late };
  return { kind, payload, contentType: request.headers['content-type'] };
}

function next(session: RuntimeSession, request: IncomingMessage, response: ServerResponse): void {
  const delivery: Delivery = (event) => replyEvent(response, event);
  // Waits as long as the environment lives; only the end of its connection takes it back.
  response.on('close', () => session.unpark(delivery));
  const refusal = session.next(delivery);
  if (refusal !== undefined) replyRefused(response, refusal, session.state);
  request.resume();
}

/** Who has a snapshot taken of it waits for ever: the environment ends. */
function restoreNext(session: RuntimeSession, request: IncomingMessage, response: ServerResponse): void {
  const refusal = session.restoreNext(() => replyRestored(response));
  if (refusal !== undefined) replyRefused(response, refusal, session.state);
  request.resume();
}

function errorTypeOf(request: IncomingMessage): string {
  const value = request.headers[errorTypeHeader];
  return typeof value === 'string' && value !== '' ? value : 'Unhandled';
}

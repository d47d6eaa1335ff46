/** Serves the API of one AWS service: match → read → decode → run → encode. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Call, RequestId } from '../aws/call.ts';
import { notYet } from '../aws/operation-table.ts';
import type { EncodedResponse } from '../aws/protocol/encoded-response.ts';
import type { RestJsonMatch, RestJsonService } from '../aws/protocol/rest-json/rest-json-service.ts';
import { readBody } from '../aws/request-body.ts';
import { requestScope } from '../aws/sigv4-scope.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import { ApiCall } from './api-call.ts';
import { discardBody } from './discard-body.ts';
import { faultResponse, notImplemented, unknownOperation } from './fault.ts';

/** An operation whose input was decoded by the same service's codec; its types are checked where tables are made. */
export type AnyOperation = (input: never, call: Call) => unknown;

export interface ServiceApiDeps {
  readonly service: RestJsonService;
  readonly operations: Readonly<Record<string, AnyOperation | typeof notYet>>;
  readonly bodyLimit: (operation: string) => number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export class ServiceApi {
  readonly #deps: ServiceApiDeps;

  constructor(deps: ServiceApiDeps) {
    this.#deps = deps;
  }

  async serve(request: IncomingMessage, response: ServerResponse, extraHeaders: readonly string[]): Promise<void> {
    const { service, logger } = this.#deps;
    const requestId = this.#deps.random.uuid() as RequestId;
    const url = request.url ?? '/';
    const question = url.indexOf('?');
    const path = question < 0 ? url : url.slice(0, question);
    const rawQuery = question < 0 ? '' : url.slice(question + 1);
    const match = service.match(request.method ?? 'GET', path, rawQuery);
    let answer: EncodedResponse | undefined;
    try {
      if (match === undefined) throw unknownOperation();
      answer = await this.#run(match, request, response, requestId);
    } catch (error) {
      if (!request.complete) discardBody(request, this.#deps.clock);
      answer = faultResponse(error, { service, operation: match?.operation ?? 'request', requestId, logger });
    }
    if (answer !== undefined) await write(response, answer, requestId, extraHeaders);
  }

  async #run(
    match: RestJsonMatch,
    request: IncomingMessage,
    response: ServerResponse,
    requestId: RequestId,
  ): Promise<EncodedResponse> {
    const { service, operations, bodyLimit } = this.#deps;
    const operation = operations[match.operation];
    if (operation === undefined || operation === notYet) throw notImplemented(match.operation);
    const body = await readBody(request, bodyLimit(match.operation));
    const { headers } = request;
    const input = service.decode(match, headers, body);
    const trace = headers['x-amzn-trace-id'];
    const scope = requestScope(headers.authorization, match.rawQuery);
    const call = new ApiCall(scope, requestId, typeof trace === 'string' ? trace : undefined, response);
    // The codec gave the input the shape that this very operation takes.
    const output = await operation(input as never, call);
    return service.encode(match.operation, output);
  }
}

async function write(
  response: ServerResponse,
  answer: EncodedResponse,
  requestId: string,
  extraHeaders: readonly string[],
): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  const headers = ['x-amzn-RequestId', requestId, ...extraHeaders];
  for (const name in answer.headers) headers.push(name, answer.headers[name] ?? '');
  if (answer.stream !== undefined) return writeStream(response, answer.stream, headers);
  if (answer.status !== 204) headers.push('Content-Length', String(answer.body?.length ?? 0));
  response.writeHead(answer.status, headers);
  response.end(answer.body);
}

/** The client may leave in the middle: the stream is then ended, and so is what feeds it. */
async function writeStream(response: ServerResponse, stream: AsyncIterable<Buffer>, headers: string[]): Promise<void> {
  response.writeHead(200, headers);
  response.flushHeaders();
  await pipeline(stream, response).catch(() => response.destroy());
}

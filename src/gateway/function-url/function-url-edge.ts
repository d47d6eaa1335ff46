/** Serves `http://<id>.lambda-url.<region>.<host>/`: a request becomes an event, the function's result the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestId } from '../../aws/call.ts';
import { BodyTooLarge, readBody } from '../../aws/request-body.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Random } from '../../kernel/random.ts';
import { discardBody } from '../discard-body.ts';
import { send, type WireResponse } from '../wire-response.ts';
import { StreamedUrlAnswer } from './streamed-url-answer.ts';
import { checkedUrlHead, urlAnswer } from './url-answer.ts';
import type { UrlAuthentication, UrlSignature } from './url-authentication.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './url-cors.ts';
import { urlEvent } from './url-event.ts';
import { accessDenied, forbidden, internalError, throttled, urlFault } from './url-fault.ts';
import type { UrlMetrics } from './url-metrics.ts';
import type { UrlDirectory, UrlInvoker, UrlPermission, UrlTarget } from './url-target.ts';

export interface FunctionUrlEdgeDeps {
  readonly directory: UrlDirectory;
  readonly authentication: UrlAuthentication;
  readonly mayUse: UrlPermission;
  readonly invoke: UrlInvoker;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The trace header of an invocation, from the one the client sent. */
  readonly traceHeaderOf: (given: string | undefined) => string;
  /** Counts requests; nobody does unless given. */
  readonly metrics?: UrlMetrics;
  /** Largest event, and so the largest body of a request. At AWS: 6 MB. */
  readonly maxEvent: number;
}

/** The name under which a URL was called. */
interface UrlName {
  readonly urlId: string;
  readonly region: string;
  readonly domainName: string;
}

/** One call of a URL. */
interface UrlCall {
  readonly name: UrlName;
  readonly target: UrlTarget;
  readonly requestId: RequestId;
  readonly traceHeader: string;
  /** Where the URL streams. */
  readonly stream: StreamedUrlAnswer | undefined;
}

export class FunctionUrlEdge {
  readonly #deps: FunctionUrlEdgeDeps;

  constructor(deps: FunctionUrlEdgeDeps) {
    this.#deps = deps;
  }

  async serve(request: IncomingMessage, response: ServerResponse, name: UrlName): Promise<void> {
    const { directory, random, clock, logger, traceHeaderOf, metrics } = this.#deps;
    const started = clock.monotonic();
    const requestId = random.uuid() as RequestId;
    const given = request.headers['x-amzn-trace-id'];
    const traceHeader = traceHeaderOf(typeof given === 'string' ? given : undefined);
    const identity = ['x-amzn-RequestId', requestId, 'X-Amzn-Trace-Id', traceHeader];
    const target = directory(name.urlId, name.region);
    if (isPreflight(target?.cors, request)) {
      discardBody(request, clock);
      const headers = [...preflightHeaders(target.cors, request), ...identity];
      return send(response, { status: 200, headers, body: undefined });
    }
    const added = [...corsHeaders(target?.cors, request), ...identity];
    const streams = target?.invokeMode === 'RESPONSE_STREAM';
    const stream = streams ? new StreamedUrlAnswer(response, added) : undefined;
    const answer = await this.#answer(request, target && { name, target, requestId, traceHeader, stream }).catch(
      (error: unknown) => urlFault(error, logger),
    );
    // What was streamed has a status of its own, which went out with its head.
    const status = answer?.status ?? response.statusCode;
    if (target !== undefined) metrics?.answered(target, status, clock.monotonic() - started);
    if (answer === undefined) return;
    if (!request.complete) discardBody(request, clock);
    send(response, { ...answer, headers: [...answer.headers, ...added] });
  }

  /** @returns nothing when the answer was streamed */
  async #answer(request: IncomingMessage, call: UrlCall | undefined): Promise<WireResponse | undefined> {
    if (call === undefined) return accessDenied;
    const { name, target, requestId, traceHeader, stream } = call;
    const signature = this.#signatureOf(request, call);
    if (signature === 'missing' || !this.#deps.mayUse(target, signature?.caller.scope)) return forbidden;
    const body = await readBody(request, this.#deps.maxEvent);
    signature?.verify(body);
    const now = this.#deps.clock.now();
    const { domainName } = name;
    const caller = signature?.caller;
    const payload = urlEvent({ message: request, body, target, caller, domainName, requestId, traceHeader, now });
    // The limit is that of the event: in base64 a binary body has only three quarters of it.
    if (payload.length > this.#deps.maxEvent) throw new BodyTooLarge(this.#deps.maxEvent);
    const outcome = await this.#deps.invoke({ target, requestId, payload, traceHeader, ...(stream && { stream }) });
    switch (outcome.kind) {
      case 'throttled':
        return throttled;
      case 'not-restored':
      case 'stopped':
        return internalError;
      case 'answered':
        if (stream?.end(outcome.result === 'succeeded') === true) return undefined;
        if (outcome.result === 'failed') return internalError;
        return checkedUrlHead(urlAnswer(outcome.payload, outcome.contentType));
    }
  }

  /** @throws SignatureFault */
  #signatureOf(request: IncomingMessage, { name, target }: UrlCall): UrlSignature | 'missing' | undefined {
    if (target.authType === 'NONE') return undefined;
    return this.#deps.authentication.signatureOf(request, name.region) ?? 'missing';
  }
}

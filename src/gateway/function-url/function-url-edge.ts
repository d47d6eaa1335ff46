/** Serves `http://<id>.lambda-url.<region>.<host>/`: a request becomes an event, the function's result the answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestId } from '../../aws/call.ts';
import type { Scope } from '../../aws/scope.ts';
import { ServiceError } from '../../aws/service-error.ts';
import { requestScope } from '../../aws/sigv4-scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Random } from '../../kernel/random.ts';
import { discardBody } from '../discard-body.ts';
import { BodyIncomplete, BodyTooLarge, readBody } from '../request-body.ts';
import { send, type WireResponse } from '../wire-response.ts';
import { StreamedUrlAnswer } from './streamed-url-answer.ts';
import { checkedUrlHead, InvalidUrlAnswer, urlAnswer } from './url-answer.ts';
import { urlEvent } from './url-event.ts';
import type { UrlDirectory, UrlInvoker, UrlPermission, UrlTarget } from './url-target.ts';

export interface FunctionUrlEdgeDeps {
  readonly directory: UrlDirectory;
  readonly mayUse: UrlPermission;
  readonly invoke: UrlInvoker;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The trace header of an invocation, from the one the client sent. */
  readonly traceHeaderOf: (given: string | undefined) => string;
  /** Largest body of a request. At AWS: 6 MB. */
  readonly maxBody: number;
}

/** One call of a URL. */
interface UrlCall {
  readonly requestId: RequestId;
  readonly traceHeader: string;
  /** Used where the URL streams. */
  readonly stream: StreamedUrlAnswer;
}

const forbidden =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';

export class FunctionUrlEdge {
  readonly #deps: FunctionUrlEdgeDeps;

  constructor(deps: FunctionUrlEdgeDeps) {
    this.#deps = deps;
  }

  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    url: { readonly urlId: string; readonly region: string; readonly domainName: string },
  ): Promise<void> {
    const requestId = this.#deps.random.uuid() as RequestId;
    const given = request.headers['x-amzn-trace-id'];
    const traceHeader = this.#deps.traceHeaderOf(typeof given === 'string' ? given : undefined);
    const identity = ['x-amzn-RequestId', requestId, 'X-Amzn-Trace-Id', traceHeader];
    const stream = new StreamedUrlAnswer(response, identity);
    const answer = await this.#answer(request, url, { requestId, traceHeader, stream }).catch((error: unknown) =>
      this.#faultOf(error, request),
    );
    if (answer === undefined) return;
    send(response, { ...answer, headers: [...answer.headers, ...identity] });
  }

  async #answer(
    request: IncomingMessage,
    url: { readonly urlId: string; readonly region: string; readonly domainName: string },
    call: UrlCall,
  ): Promise<WireResponse | undefined> {
    const target = this.#deps.directory(url.urlId, url.region);
    const refusal = target === undefined ? accessDenied : this.#refusalOf(target, request);
    if (target === undefined || refusal !== undefined) {
      discardBody(request, this.#deps.clock);
      return refusal ?? accessDenied;
    }
    const { requestId, traceHeader } = call;
    const body = await readBody(request, this.#deps.maxBody);
    const now = this.#deps.clock.now();
    const { domainName } = url;
    const payload = urlEvent({ message: request, body, target, domainName, requestId, traceHeader, now });
    const stream = target.invokeMode === 'RESPONSE_STREAM' ? call.stream : undefined;
    const outcome = await this.#deps.invoke({ target, requestId, payload, traceHeader, ...(stream && { stream }) });
    switch (outcome.kind) {
      case 'throttled':
        return jsonAnswer(429, { Message: 'Rate Exceeded.' }, 'TooManyRequestsException');
      case 'stopped':
        return internalError;
      case 'answered':
        if (stream?.end(outcome.result === 'succeeded') === true) return undefined;
        if (outcome.result === 'failed') return internalError;
        return checkedUrlHead(urlAnswer(outcome.payload, outcome.contentType));
    }
  }

  #refusalOf(target: UrlTarget, request: IncomingMessage): WireResponse | undefined {
    const signer = target.authType === 'NONE' ? undefined : signerOf(request);
    if (target.authType === 'AWS_IAM' && signer === undefined) return forbiddenAnswer;
    return this.#deps.mayUse(target, signer) ? undefined : forbiddenAnswer;
  }

  #faultOf(error: unknown, request: IncomingMessage): WireResponse | undefined {
    if (error instanceof BodyIncomplete) return undefined;
    if (error instanceof BodyTooLarge) {
      discardBody(request, this.#deps.clock);
      return jsonAnswer(413, { Message: 'Request Too Long' }, 'RequestEntityTooLargeException');
    }
    if (error instanceof InvalidUrlAnswer) {
      this.#deps.logger.warn(`a function URL answered 502: ${error.message}`);
      return internalError;
    }
    if (error instanceof ServiceError) {
      const notThere = error.code === 'ResourceNotFoundException';
      return notThere ? forbiddenAnswer : jsonAnswer(502, { Message: error.message }, error.code);
    }
    this.#deps.logger.error('a function URL failed', { error });
    return internalError;
  }
}

const jsonAnswer = (status: number, body: object, errorType: string): WireResponse => ({
  status,
  headers: ['Content-Type', 'application/json', 'x-amzn-ErrorType', errorType],
  body: Buffer.from(JSON.stringify(body)),
});

/** No such URL. */
const accessDenied = jsonAnswer(403, { Message: null }, 'AccessDeniedException');
const forbiddenAnswer = jsonAnswer(403, { Message: forbidden }, 'AccessDeniedException');

const internalError: WireResponse = {
  status: 502,
  headers: ['Content-Type', 'application/json'],
  body: Buffer.from('Internal Server Error'),
};

/** Account and region of a signed request. */
function signerOf({ headers, url = '' }: IncomingMessage): Scope | undefined {
  const question = url.indexOf('?');
  const rawQuery = question < 0 ? '' : url.slice(question + 1);
  const signed = headers.authorization !== undefined || rawQuery.includes('X-Amz-Signature=');
  return signed ? requestScope(headers.authorization, rawQuery) : undefined;
}

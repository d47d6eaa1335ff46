/** A call as its request tells it; what few operations ask for is found out late. */
import type { RequestId } from '../aws/call.ts';
import type { IncomingServiceRequest } from '../aws/embedded-service.ts';
import type { Scope } from '../aws/scope.ts';
import { requestScope } from '../aws/sigv4-scope.ts';
import type { CompanionCall } from './companion-call.ts';
import { accessKeyIdOf, originOf } from './request-facts.ts';

export class ServiceCall implements CompanionCall {
  readonly scope: Scope;
  readonly requestId: RequestId;
  readonly #request: IncomingServiceRequest;
  readonly #publicOrigin: () => string;

  constructor(request: IncomingServiceRequest, requestId: RequestId, publicOrigin: () => string) {
    this.scope = requestScope(request.headers.authorization, request.rawQuery);
    this.requestId = requestId;
    this.#request = request;
    this.#publicOrigin = publicOrigin;
  }

  get signal(): AbortSignal {
    return this.#request.signal;
  }

  get traceHeader(): string | undefined {
    const header = this.#request.headers['x-amzn-trace-id'];
    return typeof header === 'string' ? header : undefined;
  }

  get origin(): string {
    return originOf(this.#request.headers) ?? this.#publicOrigin();
  }

  get isInProcess(): boolean {
    return this.#request.isInProcess === true;
  }

  get accessKeyId(): string | undefined {
    return accessKeyIdOf(this.#request.headers.authorization, this.#request.rawQuery);
  }
}

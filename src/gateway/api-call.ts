/** One call as it arrived over HTTP. */
import type { ServerResponse } from 'node:http';
import type { Call, RequestId } from '../aws/call.ts';
import type { Scope } from '../aws/scope.ts';

export class ApiCall implements Call {
  readonly scope: Scope;
  readonly requestId: RequestId;
  readonly traceHeader: string | undefined;
  readonly #response: ServerResponse;
  #gone: AbortController | undefined;

  constructor(scope: Scope, requestId: RequestId, traceHeader: string | undefined, response: ServerResponse) {
    this.scope = scope;
    this.requestId = requestId;
    this.traceHeader = traceHeader;
    this.#response = response;
  }

  /** Made on first use: most operations never ask, and a controller costs more than the rest of the call. */
  get signal(): AbortSignal {
    if (this.#gone === undefined) {
      const gone = new AbortController();
      this.#gone = gone;
      if (this.#response.destroyed) gone.abort();
      this.#response.once('close', () => gone.abort());
    }
    return this.#gone.signal;
  }
}

/** One call of an AWS API, as an operation sees it beside its input. */
import type { Brand } from '../kernel/brand.ts';
import type { Scope } from './scope.ts';

/** A UUID; for Invoke also the RequestId of the log's START line. */
export type RequestId = Brand<string, 'RequestId'>;

export interface Call {
  readonly scope: Scope;
  readonly requestId: RequestId;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** `X-Amzn-Trace-Id` as the client sent it. */
  readonly traceHeader: string | undefined;
}

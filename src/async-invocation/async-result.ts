/** How an asynchronous invocation ended, for whoever passes it on to a destination or a dead-letter queue. */
import type { RequestId } from '../aws/call.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { FunctionVersion, VersionId } from '../lambda/function/function-version.ts';

/** As the destination record names it. Source: Lambda developer guide, "Capturing records of asynchronous invocations". */
export type AsyncCondition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

export interface AsyncResult {
  readonly requestId: RequestId;
  readonly version: FunctionVersion;
  /** With the qualifier that the caller used: its own destinations count. */
  readonly invokedFunctionArn: string;
  readonly condition: AsyncCondition;
  /** How often the function was really run. */
  readonly attempts: number;
  readonly requestPayload: Buffer;
  /** Of the last attempt that was run; absent when there was none. */
  readonly response: AsyncResponse | undefined;
  readonly finished: Milliseconds;
}

export interface AsyncResponse {
  readonly payload: Buffer;
  readonly executedVersion: VersionId;
  readonly failed: boolean;
}

/** Port: takes the results of invocations whose function or alias has a destination or a dead-letter queue. */
export interface AsyncResultSink {
  /** Must not throw: what cannot be delivered is the sink's own to report. */
  finished(result: AsyncResult): Promise<void>;
}

/** For a daemon without destinations. */
export const discardResults: AsyncResultSink = { finished: async () => {} };

/** Records invocations for X-Ray: a port, since what keeps the records lies behind this room. */
import type { RequestId } from '../aws/call.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { InvocationOutcome } from './invocation-outcome.ts';

export interface TracedInvocation {
  readonly version: FunctionVersion;
  readonly invokedFunctionArn: string;
  readonly requestId: RequestId;
  /** As the caller sent it. */
  readonly traceHeader: string | undefined;
}

export interface InvocationTracer {
  /** An invocation of a function with active tracing begins. @returns nothing when it is not sampled */
  begin(invocation: TracedInvocation): InvocationTrace | undefined;
}

/** The record of one invocation; disposing it before it was answered records that the service failed. */
export interface InvocationTrace extends Disposable {
  readonly traceId: string;
  /** Of the segment of the function. */
  readonly segmentId: string;
  /** For the runtime. */
  readonly header: string;
  /** It has an environment, on whose initialisation it may have waited. */
  run(initDuration: Milliseconds | undefined): void;
  /** @param duration of the run; nothing when it was not let run */
  answered(outcome: InvocationOutcome, duration?: Milliseconds): void;
  /** Nothing is done any more about it: the environment is free. */
  closed(): void;
}

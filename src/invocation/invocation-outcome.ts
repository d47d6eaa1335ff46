/** How an invocation ended: what is expected is a value, a fault is thrown. */
import type { Seconds } from '../kernel/quantity.ts';
import type { VersionId } from '../lambda/function/function-version.ts';

/** Source: Lambda API reference, TooManyRequestsException, Reason. */
export const throttleReasons = [
  'ConcurrentInvocationLimitExceeded',
  'FunctionInvocationRateLimitExceeded',
  'ReservedFunctionConcurrentInvocationLimitExceeded',
  'ReservedFunctionInvocationRateLimitExceeded',
  'CallerRateLimitExceeded',
  'ConcurrentSnapshotCreateLimitExceeded',
] as const;
export type ThrottleReason = (typeof throttleReasons)[number];

export type InvocationOutcome =
  | {
      readonly kind: 'answered';
      /** `failed` is a function error: thrown by the handler, or made by the platform for a time-out, a crash, … */
      readonly result: 'succeeded' | 'failed';
      readonly payload: Buffer;
      /** Content type that the runtime gave its answer; tells an HTTP response with a prelude from plain JSON. */
      readonly contentType: string | undefined;
      readonly executedVersion: VersionId;
      /** The last 4 KB of the invocation's log, when it was asked for. */
      readonly logTail: Buffer | undefined;
    }
  | { readonly kind: 'throttled'; readonly reason: ThrottleReason; readonly retryAfter: Seconds }
  /** Hooks that run after a restore from a snapshot failed, or took too long. */
  | { readonly kind: 'not-restored'; readonly reason: 'hook-failed' | 'timed-out' }
  /** The daemon is shutting down. */
  | { readonly kind: 'stopped' };

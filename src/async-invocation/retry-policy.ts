/**
 * When a failed asynchronous invocation is tried again. Function errors and refusals of the platform count differently.
 * Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation".
 */
import { type Milliseconds, milliseconds, type Seconds, secondsToMilliseconds } from '../kernel/quantity.ts';

export interface RetryPolicy {
  /** Attempts after the first one that end in a function error: 0 to 2. Default at AWS: 2. */
  readonly maximumRetryAttempts: number;
  /** Counted from acceptance. Default at AWS: 6 hours. */
  readonly maximumEventAge: Seconds;
  /** The function's reserved concurrency is 0: no event is run at all. */
  readonly stopped: boolean;
}

/** What the attempts so far came to. */
export interface Attempts {
  /** Attempts that ended in a function error. */
  readonly functionErrors: number;
  /** Throttles and other refusals in a row. */
  readonly refusals: number;
}

export type RetryDecision =
  | { readonly kind: 'retry'; readonly after: Milliseconds }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'expired' };

/** The longest wait after a throttle. */
const longestRefusalDelay = milliseconds(300_000);

/**
 * @param age how long ago the event was accepted
 * @param baseDelay wait before the first retry after a function error; the second waits twice that. At AWS: one minute.
 */
export function decideRetry(
  policy: RetryPolicy,
  attempts: Attempts,
  age: Milliseconds,
  baseDelay: Milliseconds,
): RetryDecision {
  const failed = attempts.refusals === 0;
  if (failed && attempts.functionErrors > policy.maximumRetryAttempts) return { kind: 'exhausted' };
  const after = failed ? milliseconds(attempts.functionErrors * baseDelay) : refusalDelay(attempts.refusals);
  // AWS looks ahead: an event that would be too old at its next attempt is given up now.
  return age + after > secondsToMilliseconds(policy.maximumEventAge) ? { kind: 'expired' } : { kind: 'retry', after };
}

const refusalDelay = (refusals: number): Milliseconds =>
  milliseconds(Math.min(1000 * 2 ** (refusals - 1), longestRefusalDelay));

/** What the text format says of an invocation that took too long. */
import type { Milliseconds, Seconds } from '../kernel/quantity.ts';
import { isoTimestamp } from '../kernel/timestamp.ts';

export const timeoutLine = (now: Milliseconds, requestId: string, timeout: Seconds): string =>
  `${isoTimestamp(now)} ${requestId} Task timed out after ${timeout.toFixed(2)} seconds`;

/** An invocation that took place, or the error of the API for one that did not. */
import { notRestored, rateExceeded, shuttingDown } from '../invocation-faults.ts';
import type { InvocationOutcome } from '../invocation-outcome.ts';

export type Answered = Extract<InvocationOutcome, { kind: 'answered' }>;

/** @throws ServiceError TooManyRequestsException, SnapStartException, SnapStartTimeoutException, ServiceException */
export function answered(outcome: InvocationOutcome): Answered {
  switch (outcome.kind) {
    case 'throttled':
      throw rateExceeded(outcome.reason, outcome.retryAfter);
    case 'not-restored':
      throw notRestored(outcome.reason);
    case 'stopped':
      throw shuttingDown();
    case 'answered':
      return outcome;
  }
}

/** Counts what runs at once in each account and region, and throttles what goes over the limit. */
import { type Seconds, seconds } from '../kernel/quantity.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { ThrottleReason } from './invocation-outcome.ts';

export type Admitted =
  /** Disposing the slot leaves the count. */
  | { readonly kind: 'admitted'; readonly slot: Disposable }
  | { readonly kind: 'throttled'; readonly reason: ThrottleReason; readonly retryAfter: Seconds };

export interface AdmissionLimits {
  /** Concurrent executions of one account in one region. Default at AWS: 1,000. */
  readonly concurrentExecutions: number;
}

class Count implements Disposable {
  running = 0;

  /** One slot is as good as another: the count itself is handed out, and each hand-out is disposed once. */
  [Symbol.dispose](): void {
    this.running -= 1;
  }
}

export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #counts = new Map<string, Count>();

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  enter(version: FunctionVersion): Admitted {
    const count = this.#countOf(version);
    if (count.running >= this.#limits.concurrentExecutions) {
      return { kind: 'throttled', reason: 'ConcurrentInvocationLimitExceeded', retryAfter: seconds(1) };
    }
    count.running += 1;
    return { kind: 'admitted', slot: count };
  }

  #countOf({ scope }: FunctionVersion): Count {
    const key = `${scope.account}/${scope.region}`;
    let count = this.#counts.get(key);
    if (count === undefined) {
      count = new Count();
      this.#counts.set(key, count);
    }
    return count;
  }
}

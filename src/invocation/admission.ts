/** Counts what runs at once in each account, region and function, and throttles what goes over the limit. */
import type { Scope } from '../aws/scope.ts';
import { type Seconds, seconds } from '../kernel/quantity.ts';
import type { ScopeShares } from '../lambda/concurrency/concurrency-shares.ts';
import type { FunctionVersion } from '../lambda/function/function-version.ts';
import type { ThrottleReason } from './invocation-outcome.ts';

export type Admitted =
  /** Disposing the slot leaves the counts. */
  | { readonly kind: 'admitted'; readonly slot: Disposable }
  | { readonly kind: 'throttled'; readonly reason: ThrottleReason; readonly retryAfter: Seconds };

export interface AdmissionLimits {
  /** Concurrent executions of one account in one region. Default at AWS: 1,000. */
  readonly concurrentExecutions: number;
}

/** Who knows what functions have set aside for themselves. */
export interface SharesSource {
  in(scope: Scope): ScopeShares;
}

/** What all functions that have reserved nothing use together. */
interface Pool {
  running: number;
  readonly shares: ScopeShares;
  readonly functions: Map<string, FunctionCount>;
}

/** What one function runs on demand, in all its versions. */
class FunctionCount {
  running = 0;
  /** One slot is as good as another: each is made once and handed out as often as needed, disposed once each time. */
  readonly reserved: Disposable;
  readonly unreserved: Disposable;

  constructor(pool: Pool) {
    this.reserved = { [Symbol.dispose]: () => void (this.running -= 1) };
    this.unreserved = {
      [Symbol.dispose]: () => {
        this.running -= 1;
        // Where it was counted when it began, whatever was reserved since.
        pool.running -= 1;
      },
    };
  }
}

const nothingSetAside: ScopeShares = { setAside: 0, of: () => undefined };

export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #shares: SharesSource;
  readonly #pools = new Map<string, Pool>();

  constructor(limits: AdmissionLimits, shares: SharesSource = { in: () => nothingSetAside }) {
    this.#limits = limits;
    this.#shares = shares;
  }

  /** For an invocation that no provisioned environment takes: those are counted by being there. */
  enter(version: FunctionVersion): Admitted {
    const pool = this.#poolOf(version.scope);
    const count = countOf(version, pool);
    const share = pool.shares.of(version.functionName);
    if (share?.reserved !== undefined) {
      if (count.running >= share.reserved - share.allocated) {
        return throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
      }
      count.running += 1;
      return { kind: 'admitted', slot: count.reserved };
    }
    if (pool.running >= this.#limits.concurrentExecutions - pool.shares.setAside) {
      return throttled('ConcurrentInvocationLimitExceeded');
    }
    count.running += 1;
    pool.running += 1;
    return { kind: 'admitted', slot: count.unreserved };
  }

  #poolOf(scope: Scope): Pool {
    const key = `${scope.account}/${scope.region}`;
    let pool = this.#pools.get(key);
    if (pool === undefined) {
      pool = { running: 0, shares: this.#shares.in(scope), functions: new Map() };
      this.#pools.set(key, pool);
    }
    return pool;
  }
}

function countOf({ functionName }: FunctionVersion, pool: Pool): FunctionCount {
  let count = pool.functions.get(functionName);
  if (count === undefined) {
    count = new FunctionCount(pool);
    pool.functions.set(functionName, count);
  }
  return count;
}

const throttled = (reason: ThrottleReason): Admitted => ({ kind: 'throttled', reason, retryAfter: seconds(1) });

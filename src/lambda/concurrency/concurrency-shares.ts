/** What functions have of an account's concurrency for themselves, kept at hand so that admission is a look-up. */
import type { AccountId, Region, Scope } from '../../aws/scope.ts';
import { functionPrefix } from '../function/function-key.ts';
import type { FunctionStore } from '../function/function-store.ts';
import type { ProvisionedConcurrencyRecord } from '../provisioned-concurrency/provisioned-concurrency-record.ts';
import { type RecordStore, unlimited } from '../record-store.ts';

/** One function's share; functions that set nothing aside have none. */
export interface ConcurrencyShare {
  /** PutFunctionConcurrency: all that the function may use. Undefined: whatever nobody has set aside. */
  readonly reserved: number | undefined;
  /** Provisioned for its versions, whether there yet or still starting; part of `reserved` where there is one. */
  readonly provisioned: number;
  /** How much of that is there: invocations that find none of it free may use the rest of `reserved`. */
  readonly allocated: number;
}

/** The shares of one account and region. The same object for good: it changes as they do. */
export interface ScopeShares {
  /** The sum of what is not free for all. */
  readonly setAside: number;
  of(functionName: string): ConcurrencyShare | undefined;
}

export interface ConcurrencySharesDeps {
  readonly functions: FunctionStore;
  readonly provisioned: RecordStore<ProvisionedConcurrencyRecord>;
}

class Shares implements ScopeShares {
  readonly #byFunction = new Map<string, ConcurrencyShare>();
  setAside = 0;

  of(functionName: string): ConcurrencyShare | undefined {
    return this.#byFunction.get(functionName);
  }

  replace(functionName: string, share: ConcurrencyShare | undefined): void {
    this.setAside += setAsideBy(share) - setAsideBy(this.#byFunction.get(functionName));
    if (share === undefined) this.#byFunction.delete(functionName);
    else this.#byFunction.set(functionName, share);
  }
}

/** What a share takes from all others. */
export const setAsideBy = (share: ConcurrencyShare | undefined): number => share?.reserved ?? share?.provisioned ?? 0;

export class ConcurrencyShares {
  readonly #deps: ConcurrencySharesDeps;
  readonly #scopes = new Map<AccountId, Map<Region, Shares>>();

  constructor(deps: ConcurrencySharesDeps) {
    this.#deps = deps;
  }

  in(scope: Scope): ScopeShares {
    return this.#in(scope);
  }

  /** To be called after each change of what the function reserves or has provisioned, and after its deletion. */
  refresh(scope: Scope, functionName: string): void {
    this.#in(scope).replace(functionName, this.#read(scope, functionName));
  }

  #in({ account, region }: Scope): Shares {
    let regions = this.#scopes.get(account);
    if (regions === undefined) this.#scopes.set(account, (regions = new Map()));
    let shares = regions.get(region);
    if (shares === undefined) regions.set(region, (shares = new Shares()));
    return shares;
  }

  #read(scope: Scope, functionName: string): ConcurrencyShare | undefined {
    const record = this.#deps.functions.find(scope, functionName);
    if (record === undefined) return undefined;
    const reserved = record.traits.reservedConcurrency;
    const configs = this.#deps.provisioned
      .list(scope, functionPrefix(functionName), undefined, unlimited)
      .filter(({ record: { state } }) => state.kind !== 'failed');
    if (reserved === undefined && configs.length === 0) return undefined;
    return {
      reserved,
      provisioned: configs.reduce((sum, { record: { requested } }) => sum + requested, 0),
      allocated: configs.reduce((sum, { record: { allocated } }) => sum + allocated, 0),
    };
  }
}

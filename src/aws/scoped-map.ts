/** One value for each account and region, found without building a key. */
import type { AccountId, Region, Scope } from './scope.ts';

export class ScopedMap<Value> {
  readonly #accounts = new Map<AccountId, Map<Region, Value>>();
  readonly #create: () => Value;

  constructor(create: () => Value) {
    this.#create = create;
  }

  get(scope: Scope): Value | undefined {
    return this.#accounts.get(scope.account)?.get(scope.region);
  }

  /** The value, made when there is none. */
  make(scope: Scope): Value {
    let regions = this.#accounts.get(scope.account);
    if (regions === undefined) this.#accounts.set(scope.account, (regions = new Map()));
    let value = regions.get(scope.region);
    if (value === undefined) regions.set(scope.region, (value = this.#create()));
    return value;
  }

  values(): readonly Value[] {
    return [...this.#accounts.values()].flatMap((regions) => [...regions.values()]);
  }
}

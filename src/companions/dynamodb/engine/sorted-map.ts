/** Values by key, in the order of the keys. */

export interface ValueRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
}

export class SortedMap<Value> {
  readonly #values = new Map<string, Value>();
  readonly #keys: string[] = [];

  get size(): number {
    return this.#keys.length;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#firstAt(key), 0, key);
    this.#values.set(key, value);
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#keys.splice(this.#firstAt(key), 1);
  }

  values(): Iterable<Value> {
    return this.#values.values();
  }

  /** Nothing may be written while it is iterated. */
  *entries({ gt, gte, lt, lte, reverse = false }: ValueRange = {}): Generator<readonly [string, Value]> {
    const from = Math.max(gte === undefined ? 0 : this.#firstAt(gte), gt === undefined ? 0 : this.#firstAfter(gt));
    const end = this.#keys.length;
    const to = Math.min(lt === undefined ? end : this.#firstAt(lt), lte === undefined ? end : this.#firstAfter(lte));
    for (let step = 0; step < to - from; step++) {
      const key = this.#keys[reverse ? to - 1 - step : from + step] ?? '';
      const value = this.#values.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  #firstAfter(key: string): number {
    const at = this.#firstAt(key);
    return this.#keys[at] === key ? at + 1 : at;
  }

  /** Where the first key is that is not less than this one. */
  #firstAt(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A map that can be read in the order of its keys from any of them on. */

export class SortedMap<Key extends string | number, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #keys: Key[] = [];

  get size(): number {
    return this.#values.size;
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key);
  }

  set(key: Key, value: Value): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#firstAfter(key), 0, key);
    this.#values.set(key, value);
  }

  delete(key: Key): void {
    if (this.#values.delete(key)) this.#keys.splice(this.#firstAfter(key) - 1, 1);
  }

  /** At most `limit` values in the order of their keys, those after `key`, which need not be there itself. */
  after(key: Key | undefined, limit: number): readonly Value[] {
    const start = key === undefined ? 0 : this.#firstAfter(key);
    return this.#keys.slice(start, start + limit).flatMap((found) => {
      const value = this.#values.get(found);
      return value === undefined ? [] : [value];
    });
  }

  /** All values in the order of their keys, those after `key`; the map must not change meanwhile. */
  *from(key: Key): Iterable<Value> {
    for (let at = this.#firstAfter(key); at < this.#keys.length; at += 1) {
      const found = this.#keys[at];
      const value = found === undefined ? undefined : this.#values.get(found);
      if (value !== undefined) yield value;
    }
  }

  /** Index of the first key that is greater. */
  #firstAfter(key: Key): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.#keys[middle];
      if (found !== undefined && found <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

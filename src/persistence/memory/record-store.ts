/** Records of any kind in memory. */
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import type { Keyed, RecordStore } from '../../lambda/record-store.ts';
import { SortedMap } from './sorted-map.ts';

export class MemoryRecordStore<Kept> implements RecordStore<Kept> {
  readonly #scopes = new ScopedMap(() => new SortedMap<string, Keyed<Kept>>());

  find(scope: Scope, key: string): Kept | undefined {
    return this.#scopes.get(scope)?.get(key)?.record;
  }

  put(scope: Scope, key: string, record: Kept): void {
    this.#scopes.make(scope).set(key, { key, record });
  }

  remove(scope: Scope, key: string): void {
    this.#scopes.get(scope)?.delete(key);
  }

  list(scope: Scope, prefix: string, after: string | undefined, limit: number): readonly Keyed<Kept>[] {
    const records = this.#scopes.get(scope);
    if (records === undefined) return [];
    const from = after === undefined || after < prefix ? prefix : after;
    // A record may have the prefix itself as its key: what is after the prefix would leave it out.
    const exact = from === prefix && after !== prefix ? records.get(prefix) : undefined;
    const found = exact === undefined ? [] : [exact];
    for (const keyed of records.from(from)) {
      if (!keyed.key.startsWith(prefix) || found.length >= limit) break;
      found.push(keyed);
    }
    return found;
  }
}

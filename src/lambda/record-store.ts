/** Port: where records of one kind are kept, by a key that is unique in an account and region. */
import type { Scope } from '../aws/scope.ts';

/** Synchronous, so that what is read and what is then written cannot be torn apart by another call. Records never change. */
export interface RecordStore<Kept> {
  find(scope: Scope, key: string): Kept | undefined;
  /** Adds or replaces. */
  put(scope: Scope, key: string, record: Kept): void;
  /** Nothing when there is none. */
  remove(scope: Scope, key: string): void;
  /**
   * At most `limit` records whose keys begin with `prefix`, in the order of their keys (by code unit), those after the
   * key `after`. Must not cost more when the scope holds many others.
   */
  list(scope: Scope, prefix: string, after: string | undefined, limit: number): readonly Keyed<Kept>[];
}

export interface Keyed<Kept> {
  readonly key: string;
  readonly record: Kept;
}

/** Everything that a page could hold. */
export const unlimited = Number.POSITIVE_INFINITY;

/** Removes all records whose keys begin with `prefix`. */
export function removeAll<Kept>(store: RecordStore<Kept>, scope: Scope, prefix: string): void {
  for (const { key } of store.list(scope, prefix, undefined, unlimited)) store.remove(scope, key);
}

/** Port: where functions and their published versions are kept. */
import type { Scope } from '../../aws/scope.ts';
import type { VersionRecord } from '../version/version-record.ts';
import type { FunctionRecord } from './function-record.ts';

/** Synchronous, so that what is read and what is then written cannot be torn apart by another call. */
export interface FunctionStore {
  /** On the way of every invocation: must not cost more than a few lookups. */
  find(scope: Scope, name: string): FunctionRecord | undefined;
  /** Adds or replaces. */
  put(record: FunctionRecord): void;
  /** Removes the function with all its published versions; nothing when there is none. */
  remove(scope: Scope, name: string): void;
  /**
   * At most `limit` functions of the scope in order of their names (by code unit), those after the name `after`.
   * Must not cost more when the scope holds many.
   */
  list(scope: Scope, after: string | undefined, limit: number): readonly FunctionRecord[];
  /** How many functions there are in all scopes. */
  count(): number;

  /** A published version by its number, which is written in decimal, or `$LATEST.PUBLISHED`. */
  findVersion(scope: Scope, name: string, version: string): VersionRecord | undefined;
  putVersion(scope: Scope, name: string, version: VersionRecord): void;
  removeVersion(scope: Scope, name: string, version: string): void;
  /** At most `limit` numbered versions in ascending order, those above the number `after`. */
  listVersions(scope: Scope, name: string, after: number, limit: number): readonly VersionRecord[];
}

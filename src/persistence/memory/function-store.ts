/** Functions in memory: what the daemon keeps when nothing is to survive it. */
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import type { FunctionRecord } from '../../lambda/function/function-record.ts';
import type { FunctionStore } from '../../lambda/function/function-store.ts';
import { latestPublished, type VersionRecord } from '../../lambda/version/version-record.ts';
import { SortedMap } from './sorted-map.ts';

interface Kept {
  record: FunctionRecord;
  /** By number. */
  readonly versions: SortedMap<number, VersionRecord>;
  latestPublished: VersionRecord | undefined;
}

export class MemoryFunctionStore implements FunctionStore {
  readonly #scopes = new ScopedMap(() => new SortedMap<string, Kept>());

  find(scope: Scope, name: string): FunctionRecord | undefined {
    return this.#kept(scope, name)?.record;
  }

  put(record: FunctionRecord): void {
    const kept = this.#kept(record.scope, record.name);
    if (kept !== undefined) kept.record = record;
    else
      this.#scopes
        .make(record.scope)
        .set(record.name, { record, versions: new SortedMap(), latestPublished: undefined });
  }

  remove(scope: Scope, name: string): void {
    this.#scopes.get(scope)?.delete(name);
  }

  list(scope: Scope, after: string | undefined, limit: number): readonly FunctionRecord[] {
    return (this.#scopes.get(scope)?.after(after, limit) ?? []).map((kept) => kept.record);
  }

  count(): number {
    return this.#scopes.values().reduce((count, functions) => count + functions.size, 0);
  }

  findVersion(scope: Scope, name: string, version: string): VersionRecord | undefined {
    const kept = this.#kept(scope, name);
    if (version === latestPublished) return kept?.latestPublished;
    const found = kept?.versions.get(Number(version));
    // `01` is not the name of version 1.
    return found?.version === version ? found : undefined;
  }

  putVersion(scope: Scope, name: string, version: VersionRecord): void {
    const kept = this.#kept(scope, name);
    if (kept === undefined) return;
    if (version.version === latestPublished) kept.latestPublished = version;
    else kept.versions.set(Number(version.version), version);
  }

  removeVersion(scope: Scope, name: string, version: string): void {
    const kept = this.#kept(scope, name);
    if (kept !== undefined && version === latestPublished) kept.latestPublished = undefined;
    else kept?.versions.delete(Number(version));
  }

  listVersions(scope: Scope, name: string, after: number, limit: number): readonly VersionRecord[] {
    return this.#kept(scope, name)?.versions.after(after, limit) ?? [];
  }

  #kept(scope: Scope, name: string): Kept | undefined {
    return this.#scopes.get(scope)?.get(name);
  }
}

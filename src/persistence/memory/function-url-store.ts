/** URL configurations of functions in memory. */
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import type { FunctionUrlRecord } from '../../lambda/function-url/function-url-record.ts';
import type { FunctionUrlStore } from '../../lambda/function-url/function-url-store.ts';
import { SortedMap } from './sorted-map.ts';

/** A function's own URL has the empty qualifier, which no alias can have and which sorts first. */
type UrlsOfFunction = SortedMap<string, FunctionUrlRecord>;

export class MemoryFunctionUrlStore implements FunctionUrlStore {
  readonly #scopes = new ScopedMap(() => new Map<string, UrlsOfFunction>());
  readonly #byId = new Map<string, FunctionUrlRecord>();

  find(scope: Scope, functionName: string, qualifier: string | undefined): FunctionUrlRecord | undefined {
    return this.#scopes
      .get(scope)
      ?.get(functionName)
      ?.get(qualifier ?? '');
  }

  findById(urlId: string, region: string): FunctionUrlRecord | undefined {
    return this.#byId.get(idKey(urlId, region));
  }

  put(record: FunctionUrlRecord): void {
    this.remove(record.scope, record.functionName, record.qualifier);
    const functions = this.#scopes.make(record.scope);
    let urls = functions.get(record.functionName);
    if (urls === undefined) functions.set(record.functionName, (urls = new SortedMap()));
    urls.set(record.qualifier ?? '', record);
    this.#byId.set(idKey(record.urlId, record.scope.region), record);
  }

  remove(scope: Scope, functionName: string, qualifier: string | undefined): void {
    const functions = this.#scopes.get(scope);
    const urls = functions?.get(functionName);
    const record = urls?.get(qualifier ?? '');
    if (functions === undefined || urls === undefined || record === undefined) return;
    urls.delete(qualifier ?? '');
    if (urls.size === 0) functions.delete(functionName);
    this.#byId.delete(idKey(record.urlId, scope.region));
  }

  list(scope: Scope, functionName: string): readonly FunctionUrlRecord[] {
    return this.#scopes.get(scope)?.get(functionName)?.after(undefined, Number.POSITIVE_INFINITY) ?? [];
  }
}

const idKey = (urlId: string, region: string): string => `${region}/${urlId.toLowerCase()}`;

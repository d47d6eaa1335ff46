/** Port: where the URL configurations of functions are kept. */
import type { Scope } from '../../aws/scope.ts';
import type { FunctionUrlRecord } from './function-url-record.ts';

/** Synchronous, for the same reason as the function store. */
export interface FunctionUrlStore {
  /** @param qualifier an alias, or undefined for the URL of the function itself. */
  find(scope: Scope, functionName: string, qualifier: string | undefined): FunctionUrlRecord | undefined;
  /** By the first label of its host name, whatever its letters' case; on the way of every call of a URL. */
  findById(urlId: string, region: string): FunctionUrlRecord | undefined;
  /** Adds or replaces. */
  put(record: FunctionUrlRecord): void;
  remove(scope: Scope, functionName: string, qualifier: string | undefined): void;
  /** All URLs of one function, its own first, then by alias. */
  list(scope: Scope, functionName: string): readonly FunctionUrlRecord[];
}

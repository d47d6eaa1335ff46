/** Keys of what belongs to one qualifier of a function: policies, event invoke configs, provisioned concurrency, … */
import type { Scope } from '../../aws/scope.ts';
import type { LambdaStores } from '../lambda-stores.ts';
import { type RecordStore, removeAll } from '../record-store.ts';

/** A colon is in no function name: all keys of one function begin alike, and no other function's do. */
export const functionPrefix = (functionName: string): string => `${functionName}:`;

/** @param qualifier a version number, an alias or `$LATEST` */
export const functionKey = (functionName: string, qualifier: string): string =>
  `${functionPrefix(functionName)}${qualifier}`;

/** What the function leaves behind in other rooms is removed with it; event source mappings stay, as at AWS. */
export function forgetFunction(stores: LambdaStores, scope: Scope, functionName: string): void {
  removeAll(stores.aliases, scope, functionPrefix(functionName));
  for (const url of stores.functionUrls.list(scope, functionName)) {
    stores.functionUrls.remove(scope, functionName, url.qualifier);
  }
  removeAll(stores.policies, scope, functionPrefix(functionName));
  for (const store of byQualifier(stores)) removeAll(store, scope, functionPrefix(functionName));
}

/** What belongs to one version or alias is removed with it; the URL of an alias stays, as at AWS. */
export function forgetQualifier(stores: LambdaStores, scope: Scope, functionName: string, qualifier: string): void {
  stores.aliases.remove(scope, functionKey(functionName, qualifier));
  stores.policies.remove(scope, functionKey(functionName, qualifier));
  for (const store of byQualifier(stores)) store.remove(scope, functionKey(functionName, qualifier));
}

/** What is nothing but kept for a version or alias. */
const byQualifier = (stores: LambdaStores): readonly RecordStore<unknown>[] => [
  stores.provisionedConcurrency,
  stores.eventInvokeConfigs,
  stores.runtimeManagement,
  stores.functionScaling,
];

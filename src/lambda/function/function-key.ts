/** Keys of what belongs to one qualifier of a function: policies, event invoke configs, provisioned concurrency, … */
import type { Scope } from '../../aws/scope.ts';
import type { LambdaStores } from '../lambda-stores.ts';

/** A colon is in no function name: all keys of one function begin alike, and no other function's do. */
export const functionPrefix = (functionName: string): string => `${functionName}:`;

/** @param qualifier a version number, an alias or `$LATEST` */
export const functionKey = (functionName: string, qualifier: string): string =>
  `${functionPrefix(functionName)}${qualifier}`;

/** What the function leaves behind in other rooms is removed with it; event source mappings stay, as at AWS. */
export function forgetFunction(stores: LambdaStores, scope: Scope, functionName: string): void {
  for (const url of stores.functionUrls.list(scope, functionName)) {
    stores.functionUrls.remove(scope, functionName, url.qualifier);
  }
}

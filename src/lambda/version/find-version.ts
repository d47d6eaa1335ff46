/** A version of a function by the name that the API gives it: `$LATEST`, `$LATEST.PUBLISHED` or a number. */
import type { FunctionRecord } from '../function/function-record.ts';
import type { FunctionStore } from '../function/function-store.ts';
import { latestVersion, type VersionRecord } from './version-record.ts';

export function findVersion(owner: FunctionRecord, name: string, functions: FunctionStore): VersionRecord | undefined {
  return name === latestVersion ? owner.latest : functions.findVersion(owner.scope, owner.name, name);
}

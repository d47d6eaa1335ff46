/** All versions of a function in the order in which AWS lists them. */
import type { FunctionRecord } from '../function/function-record.ts';
import type { FunctionStore } from '../function/function-store.ts';
import { latestPublished, latestVersion, type VersionRecord } from './version-record.ts';

/**
 * `$LATEST`, `$LATEST.PUBLISHED` when there is one, then by number.
 * @param after the version that the page before ended with, which may be gone by now; undefined for the first page
 */
export function versionsAfter(
  owner: FunctionRecord,
  after: string | undefined,
  limit: number,
  functions: FunctionStore,
): readonly VersionRecord[] {
  const { scope, name } = owner;
  const versions = after === undefined ? [owner.latest] : [];
  const republished = functions.findVersion(scope, name, latestPublished);
  if (republished !== undefined && (after === undefined || after === latestVersion)) versions.push(republished);
  // The two that are no numbers come before all that are.
  const number = Number(after);
  const numbered = functions.listVersions(scope, name, Number.isNaN(number) ? 0 : number, limit);
  return [...versions, ...numbered].slice(0, limit);
}

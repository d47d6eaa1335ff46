/** What is kept of an alias: a name that stands for one version of a function, or for two of them in turn. */
import type { VersionId } from '../function/function-version.ts';
import type { RevisionId } from '../version/version-record.ts';

export interface AliasRecord {
  readonly name: string;
  /** `$LATEST`, `$LATEST.PUBLISHED` or a number; exists as long as the alias names it. */
  readonly version: VersionId;
  readonly description: string;
  readonly routing: AliasRouting | undefined;
  readonly revisionId: RevisionId;
}

/** A second version that takes some of the invocations; then both are numbers. */
export interface AliasRouting {
  readonly version: VersionId;
  /** Its part of all invocations, from 0 to 1. */
  readonly weight: number;
}

/** A name that is no number; `$` is in none of them. */
export const isAliasName = (qualifier: string): boolean =>
  /^[a-zA-Z0-9-_]+$/.test(qualifier) && !/^\d+$/.test(qualifier);

/** Whether invocations of the alias may run this version. */
export const namesVersion = (alias: AliasRecord, version: string): boolean =>
  alias.version === version || alias.routing?.version === version;

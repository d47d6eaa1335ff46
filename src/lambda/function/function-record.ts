/** What is kept of a function: its `$LATEST`, what invocations run meanwhile, and what belongs to all its versions. */
import type { Scope } from '../../aws/scope.ts';
import type { VersionRecord } from '../version/version-record.ts';
import type { FunctionTraits } from './function-traits.ts';
import type { FunctionArn, FunctionName } from './function-version.ts';

/** An immutable value: a change is a new record in the store. Published versions are kept beside it, one by one. */
export interface FunctionRecord {
  readonly scope: Scope;
  readonly name: FunctionName;
  readonly arn: FunctionArn;
  readonly tags: Readonly<Record<string, string>>;
  readonly traits: FunctionTraits;
  /** `$LATEST` as configured now. */
  readonly latest: VersionRecord;
  /**
   * What invocations of `$LATEST` run: the newest form that was prepared, so the former one while `latest` is being
   * prepared or after that failed. Undefined until the first preparation succeeds.
   */
  readonly serving: VersionRecord | undefined;
  /** The highest version number ever given out; numbers are not used twice. 0 before the first. */
  readonly lastPublished: number;
}

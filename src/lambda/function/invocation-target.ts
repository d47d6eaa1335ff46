/** Whom a caller wants to invoke, before and after it is resolved to a version. */
import type { Scope } from '../../aws/scope.ts';
import type { FunctionVersion } from './function-version.ts';

export interface InvocationTarget {
  /** Account and region of the caller. */
  readonly scope: Scope;
  /** As the caller wrote it: name, partial ARN or ARN, perhaps with a qualifier. */
  readonly functionName: string;
  readonly qualifier: string | undefined;
}

export interface ResolvedTarget {
  readonly version: FunctionVersion;
  /** As the handler's context shows it: with the qualifier only when the caller gave one. */
  readonly invokedFunctionArn: string;
}

export interface VersionCatalogue {
  /**
   * @throws ServiceError ResourceNotFoundException for what does not exist, ResourceConflictException while the
   * function is Pending or Failed, InvalidParameterValueException for two qualifiers that differ.
   */
  resolve(target: InvocationTarget): ResolvedTarget;
}

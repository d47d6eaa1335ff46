/** The version that a reading operation names, or AWS's error. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { functionNotFound } from '../lambda-error.ts';
import { findVersion } from './find-version.ts';
import { latestVersion, type VersionRecord } from './version-record.ts';

export interface NamedVersion {
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
  /** As the caller gave it. */
  readonly qualifier: string | undefined;
}

/**
 * Through an alias it is the first of its versions.
 * @throws ServiceError ResourceNotFoundException for an unknown function, version or alias.
 */
export function requireVersion(
  input: { readonly FunctionName: string; readonly Qualifier?: string | undefined },
  { scope, functions, stores }: LambdaCall,
): NamedVersion {
  const { name, arn, qualifier } = addressFunction(scope, input.FunctionName, input.Qualifier);
  const record = functions.find(scope, name);
  const alias = qualifier && stores.aliases.find(scope, functionKey(name, qualifier));
  const version = record && findVersion(record, alias ? alias.version : (qualifier ?? latestVersion), functions);
  if (record === undefined || version === undefined) throw functionNotFound(qualifiedArn(arn, qualifier));
  return { record, version, qualifier };
}

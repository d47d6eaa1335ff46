/** The version that a reading operation names, or AWS's error. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { functionNotFound } from '../lambda-error.ts';
import { latestVersion, type VersionRecord } from './version-record.ts';

export interface NamedVersion {
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
  /** As the caller gave it. */
  readonly qualifier: string | undefined;
}

/** @throws ServiceError ResourceNotFoundException for an unknown function, version or alias. */
export function requireVersion(
  input: { readonly FunctionName: string; readonly Qualifier?: string | undefined },
  { scope, functions }: LambdaCall,
): NamedVersion {
  const { name, arn, qualifier } = addressFunction(scope, input.FunctionName, input.Qualifier);
  const record = functions.find(scope, name);
  const isLatest = qualifier === undefined || qualifier === latestVersion;
  const version = isLatest ? record?.latest : functions.findVersion(scope, name, qualifier);
  if (record === undefined || version === undefined) throw functionNotFound(qualifiedArn(arn, qualifier));
  return { record, version, qualifier };
}

/** The version or alias that an operation on provisioned concurrency names, or AWS's error. */

import { type AliasRecord, isAliasName } from '../alias/alias-record.ts';
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { functionNotFound, invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import { latestVersion, type VersionRecord } from '../version/version-record.ts';
import type { ProvisionedPlace } from './provisioning.ts';

export interface ProvisionedTarget {
  readonly place: ProvisionedPlace;
  readonly owner: FunctionRecord;
  /** Undefined for an alias of what is not published. */
  readonly version: VersionRecord | undefined;
  readonly alias: AliasRecord | undefined;
}

/** @throws ServiceError ResourceNotFoundException, InvalidParameterValueException with `unpublished` for `$LATEST`. */
export function requireTarget(
  input: { readonly FunctionName: string; readonly Qualifier: string },
  { scope, functions, stores }: LambdaCall,
  unpublished: string,
): ProvisionedTarget {
  const { name, arn, qualifier = latestVersion } = addressFunction(scope, input.FunctionName, input.Qualifier);
  if (qualifier === latestVersion) throw invalidParameterValue(unpublished);
  const owner = functions.find(scope, name);
  if (owner === undefined) throw functionNotFound(qualifiedArn(arn, qualifier));
  const place = { scope, functionName: name, qualifier };
  if (!isAliasName(qualifier)) {
    const version = functions.findVersion(scope, name, qualifier);
    if (version === undefined) throw functionNotFound(qualifiedArn(arn, qualifier));
    return { place, owner, version, alias: undefined };
  }
  const alias = stores.aliases.find(scope, functionKey(name, qualifier));
  if (alias === undefined) throw resourceNotFound(`Cannot find alias arn: ${qualifiedArn(arn, qualifier)}`);
  return { place, owner, version: functions.findVersion(scope, name, alias.version), alias };
}

/** Reads and deletions of `$LATEST`'s. */
export const notPublished = 'The function resource provided must be an alias or a published version.';

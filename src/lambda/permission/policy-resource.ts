/** The function, version or alias that a policy belongs to. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionArn, FunctionName } from '../function/function-version.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { functionNotFound, invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import { findVersion } from '../version/find-version.ts';
import { latestVersion } from '../version/version-record.ts';

export interface PolicyAddress {
  readonly name: FunctionName;
  /** Without the qualifier. */
  readonly arn: FunctionArn;
  readonly qualifier: string | undefined;
  /** With the qualifier, when there is one: what statements name as their Resource. */
  readonly resource: string;
  /** In the store of policies. */
  readonly key: string;
}

/** @throws ServiceError as `addressFunction` */
export function addressPolicy(
  input: { readonly FunctionName: string; readonly Qualifier?: string | undefined },
  { scope }: LambdaCall,
): PolicyAddress {
  const { name, arn, qualifier } = addressFunction(scope, input.FunctionName, input.Qualifier);
  const key = functionKey(name, qualifier ?? latestVersion);
  return { name, arn, qualifier, resource: qualifiedArn(arn, qualifier), key };
}

/**
 * Checks that the resource may be given a policy.
 * @throws ServiceError InvalidParameterValueException for `$LATEST`, whose policy is that of the function without a
 * qualifier; ResourceNotFoundException when there is no such function, version or alias.
 */
export function requireGrantable(address: PolicyAddress, call: LambdaCall): void {
  if (address.qualifier === latestVersion) {
    throw invalidParameterValue('We currently do not support adding policies for $LATEST.');
  }
  requireResource(address, call);
}

/** @throws ServiceError ResourceNotFoundException when there is no such function, version or alias. */
export function requireResource({ name, arn, qualifier, resource }: PolicyAddress, call: LambdaCall): void {
  const { scope, functions, stores } = call;
  const record = functions.find(scope, name);
  if (record === undefined) throw functionNotFound(arn);
  if (qualifier === undefined || findVersion(record, qualifier, functions) !== undefined) return;
  if (stores.aliases.find(scope, functionKey(name, qualifier)) !== undefined) return;
  const isVersion = /^(\d+|\$.*)$/.test(qualifier);
  throw isVersion ? functionNotFound(resource) : resourceNotFound(`Cannot find alias arn: ${resource}`);
}

/** The alias that a request names, or AWS's error. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionArn, FunctionName } from '../function/function-version.ts';
import { requireUnqualified } from '../function/require-function.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import type { AliasRecord } from './alias-record.ts';

export interface NamedAlias {
  readonly functionName: FunctionName;
  readonly functionArn: FunctionArn;
  readonly alias: AliasRecord;
}

/**
 * @param missing what AWS says before the ARN; operations differ in it. The same for a function that is not there.
 * @throws ServiceError ResourceNotFoundException
 */
export function requireAlias(
  input: { readonly FunctionName: string; readonly Name: string },
  { scope, stores }: LambdaCall,
  missing: 'Cannot find alias arn' | 'Alias not found',
): NamedAlias {
  const { name, arn } = requireUnqualified(addressFunction(scope, input.FunctionName));
  const alias = stores.aliases.find(scope, functionKey(name, input.Name));
  if (alias === undefined) throw resourceNotFound(`${missing}: ${qualifiedArn(arn, input.Name)}`);
  return { functionName: name, functionArn: arn, alias };
}

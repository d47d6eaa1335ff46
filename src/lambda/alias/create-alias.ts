/** Gives a version of a function a name. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import { requireUnqualified } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { functionNotFound, resourceConflict } from '../lambda-error.ts';
import { newRevisionId } from '../version/new-version.ts';
import { aliasOutput } from './alias-output.ts';
import type { AliasRecord } from './alias-record.ts';
import { checkRouting, requestedRouting, requireTargetVersion } from './alias-target.ts';

/**
 * `CreateAlias`.
 * @throws ServiceError ResourceNotFoundException for a function or version that is not there, ResourceConflictException
 * when there is an alias of that name, InvalidParameterValueException for a routing that is not allowed.
 * @see AWS Lambda API reference, CreateAlias
 */
export const createAlias: LambdaOperation<'CreateAlias'> = (input, call) => {
  const { scope, functions, stores, random } = call;
  const { name, arn } = requireUnqualified(addressFunction(scope, input.FunctionName));
  const owner = functions.find(scope, name);
  if (owner === undefined) throw functionNotFound(qualifiedArn(arn, input.FunctionVersion));
  const version = requireTargetVersion(owner, input.FunctionVersion, call);
  const key = functionKey(name, input.Name);
  if (stores.aliases.find(scope, key) !== undefined) {
    throw resourceConflict(`Alias already exists: ${qualifiedArn(arn, input.Name)}`);
  }
  const routing = requestedRouting(input.RoutingConfig);
  checkRouting(owner, { version, routing }, call);
  const alias: AliasRecord = {
    name: input.Name,
    version,
    description: input.Description ?? '',
    routing,
    revisionId: newRevisionId(random),
  };
  stores.aliases.put(scope, key, alias);
  return aliasOutput(arn, alias);
};

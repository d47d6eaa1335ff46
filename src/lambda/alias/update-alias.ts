/** Lets an alias stand for another version, or for two, and describes it anew. */
import { functionKey } from '../function/function-key.ts';
import { requireFunction } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { revisionMismatch } from '../lambda-error.ts';
import { checkProvisionedMove, followAlias } from '../provisioned-concurrency/follow-alias.ts';
import { newRevisionId } from '../version/new-version.ts';
import { aliasOutput } from './alias-output.ts';
import type { AliasRecord } from './alias-record.ts';
import { checkRouting, requestedRouting, requireTargetVersion } from './alias-target.ts';
import { requireAlias } from './require-alias.ts';

/**
 * `UpdateAlias`; what the request does not name stays, an empty RoutingConfig ends the routing. The RevisionId changes
 * also when nothing else does.
 * @throws ServiceError ResourceNotFoundException, PreconditionFailedException, InvalidParameterValueException,
 * ResourceConflictException when its provisioned concurrency cannot go with it.
 * @see AWS Lambda API reference, UpdateAlias
 */
export const updateAlias: LambdaOperation<'UpdateAlias'> = (input, call) => {
  const { scope, stores, random } = call;
  const { functionName, functionArn, alias: current } = requireAlias(input, call, 'Alias not found');
  if (input.RevisionId !== undefined && input.RevisionId !== current.revisionId) throw revisionMismatch();
  const owner = requireFunction(functionName, call);
  const version =
    input.FunctionVersion === undefined ? current.version : requireTargetVersion(owner, input.FunctionVersion, call);
  const routing = input.RoutingConfig === undefined ? current.routing : requestedRouting(input.RoutingConfig);
  checkRouting(owner, { version, routing }, call);
  const alias: AliasRecord = {
    name: current.name,
    version,
    description: input.Description ?? current.description,
    routing,
    revisionId: newRevisionId(random),
  };
  checkProvisionedMove(owner, alias, call);
  stores.aliases.put(scope, functionKey(functionName, alias.name), alias);
  followAlias(owner, alias, call);
  return aliasOutput(functionArn, alias);
};

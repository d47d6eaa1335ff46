/** Keeps the environments that an alias has provisioned in step with what the alias stands for. */
import type { AliasRecord } from '../alias/alias-record.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { requireSoleConfig } from './put-provisioned-concurrency-config.ts';

/**
 * To be called before an alias changes.
 * @throws ServiceError ResourceConflictException when the alias has provisioned concurrency and the other version too.
 */
export function checkProvisionedMove(owner: FunctionRecord, alias: AliasRecord, call: LambdaCall): void {
  const { scope, name } = owner;
  if (call.stores.provisionedConcurrency.find(scope, functionKey(name, alias.name)) === undefined) return;
  const place = { scope, functionName: name, qualifier: alias.name };
  requireSoleConfig({ place, alias }, alias.version, call);
}

/** To be called when an alias has changed: the environments of the version that it stands for now take over. */
export function followAlias(owner: FunctionRecord, alias: AliasRecord, call: LambdaCall): void {
  const { scope, name } = owner;
  const config = call.stores.provisionedConcurrency.find(scope, functionKey(name, alias.name));
  if (config === undefined || config.version === alias.version) return;
  const place = { scope, functionName: name, qualifier: alias.name };
  const version = call.functions.findVersion(scope, name, alias.version);
  if (version === undefined) call.provisioning.end(place);
  else call.provisioning.begin(place, version, config.requested, config.lastModified);
}

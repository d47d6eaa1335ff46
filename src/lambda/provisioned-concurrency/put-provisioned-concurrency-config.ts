/** Has environments of a version or alias initialised before invocations come. */

import { setAsideBy } from '../concurrency/concurrency-shares.ts';
import { limitError } from '../concurrency/put-function-concurrency.ts';
import { functionKey, functionPrefix } from '../function/function-key.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue, resourceConflict } from '../lambda-error.ts';
import { unlimited } from '../record-store.ts';
import type { VersionRecord } from '../version/version-record.ts';
import { provisionedConcurrencyOutput } from './provisioned-concurrency-output.ts';
import { type ProvisionedTarget, requireTarget } from './provisioned-target.ts';

const unpublished = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.';

/**
 * `PutProvisionedConcurrencyConfig`; environments start in the background. Another number adds to those that are there
 * or takes from them.
 * @throws ServiceError ResourceNotFoundException, ResourceConflictException when the version has some through another
 * name, InvalidParameterValueException for what is not published or more than there is.
 * @see AWS Lambda API reference, PutProvisionedConcurrencyConfig
 */
export const putProvisionedConcurrencyConfig: LambdaOperation<'PutProvisionedConcurrencyConfig'> = (input, call) => {
  const target = requireTarget(input, call, unpublished);
  const version = requireProvisionable(target);
  requireSoleConfig(target, version.version, call);
  checkCapacity(target, input.ProvisionedConcurrentExecutions, call);
  const config = call.provisioning.begin(target.place, version, input.ProvisionedConcurrentExecutions);
  return provisionedConcurrencyOutput(config);
};

function requireProvisionable({ alias, version }: ProvisionedTarget): VersionRecord {
  if (alias?.routing !== undefined) {
    throw invalidParameterValue('Alias with weights can not be used with Provisioned Concurrency');
  }
  if (version === undefined) throw invalidParameterValue(unpublished);
  if (version.settings.tenancy !== undefined) {
    throw invalidParameterValue('Provisioned Concurrency is not supported for functions with tenancy configuration.');
  }
  if (version.settings.snapStart === 'PublishedVersions') {
    throw invalidParameterValue('Provisioned Concurrency is not supported for SnapStart enabled functions.');
  }
  return version;
}

/** Environments belong to a version; it has them under its number or through one alias. */
export function requireSoleConfig(
  { place, alias }: Pick<ProvisionedTarget, 'place' | 'alias'>,
  version: string,
  { stores }: LambdaCall,
): void {
  const { scope, functionName, qualifier } = place;
  const others = stores.provisionedConcurrency
    .list(scope, functionPrefix(functionName), undefined, unlimited)
    .filter(({ record }) => record.qualifier !== qualifier && record.version === version);
  if (others.length === 0) return;
  throw resourceConflict(
    alias === undefined
      ? 'Version is pointed by a Provisioned Concurrency alias'
      : "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
  );
}

function checkCapacity({ place, owner }: ProvisionedTarget, requested: number, call: LambdaCall): void {
  const { scope, functionName, qualifier } = place;
  const { limits } = call;
  const shares = call.concurrency.in(scope);
  const own = shares.of(functionName);
  const current = call.stores.provisionedConcurrency.find(scope, functionKey(functionName, qualifier));
  const counted = current === undefined || current.state.kind === 'failed' ? 0 : current.requested;
  const wanted = (own?.provisioned ?? 0) - counted + requested;
  const reserved = owner.traits.reservedConcurrency;
  if (reserved !== undefined) {
    if (wanted <= reserved) return;
    throw invalidParameterValue(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
  }
  const free = limits.concurrentExecutions - (shares.setAside - setAsideBy(own));
  if (wanted > free) {
    throw limitError(
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${free}].`,
    );
  }
  if (free - wanted < limits.minimumUnreservedConcurrency) {
    throw limitError(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${limits.minimumUnreservedConcurrency}].`,
    );
  }
}

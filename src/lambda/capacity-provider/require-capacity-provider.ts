/** The capacity provider that a request names, by name or ARN, or AWS's error. */
import { formatArn, parseArn } from '../../aws/arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { accessDenied, resourceNotFound } from '../lambda-error.ts';
import type { LambdaStores } from '../lambda-stores.ts';
import type { CapacityProviderRecord } from './capacity-provider-record.ts';

export interface CapacityProviderAddress {
  readonly name: string;
  readonly arn: string;
}

interface Stored {
  readonly scope: Scope;
  readonly stores: Pick<LambdaStores, 'capacityProviders'>;
}

/**
 * @throws ServiceError AccessDeniedException for a provider of another account, ResourceNotFoundException for one of
 * another region.
 */
export function addressCapacityProvider(scope: Scope, text: string): CapacityProviderAddress {
  const parsed = parseArn(text);
  if (parsed !== undefined && parsed.account !== scope.account) throw accessDenied();
  if (parsed !== undefined && parsed.region !== scope.region) throw capacityProviderNotFound(text);
  const name = parsed === undefined ? text : parsed.resource.slice('capacity-provider:'.length);
  return { name, arn: formatArn({ ...scope, service: 'lambda', resource: `capacity-provider:${name}` }) };
}

/** @throws ServiceError ResourceNotFoundException, AccessDeniedException for another account's. */
export function requireCapacityProvider(text: string, { scope, stores }: Stored): CapacityProviderRecord {
  const { name, arn } = addressCapacityProvider(scope, text);
  const record = stores.capacityProviders.find(scope, name);
  if (record === undefined) throw capacityProviderNotFound(arn);
  return record;
}

const capacityProviderNotFound = (arn: string) => resourceNotFound(`Capacity provider not found: ${arn}`);

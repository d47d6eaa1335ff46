/** What a function on a capacity provider must be: Lambda calls it a managed instances function. */
import type { FunctionSettings } from '../configuration/function-settings.ts';
import { invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import type { CapacityProviderRecord } from './capacity-provider-record.ts';
import { requireCapacityProvider } from './require-capacity-provider.ts';

/** Source: Lambda Developer Guide, "Lambda Managed Instances", supported runtimes. */
const runtimes: ReadonlySet<string> = new Set([
  'nodejs22.x',
  'nodejs24.x',
  'python3.13',
  'python3.14',
  'java21',
  'java25',
  'dotnet8',
  'dotnet10',
  'provided.al2023',
]);

const memoryAtLeast = 2048;

/**
 * @throws ServiceError ResourceNotFoundException for a provider that is not there, AccessDeniedException for another
 * account's, InvalidParameterValueException for a runtime or a size that instances do not run.
 * @see AWS Lambda Developer Guide, "Lambda Managed Instances"
 */
export function checkManaged(settings: FunctionSettings, stored: Parameters<typeof requireCapacityProvider>[1]): void {
  const arn = settings.capacityProvider?.LambdaManagedInstancesCapacityProviderConfig?.CapacityProviderArn;
  if (arn === undefined) return;
  requireUsable(requireCapacityProvider(arn, stored));
  if (settings.runtime !== undefined && !runtimes.has(settings.runtime)) {
    throw invalidParameterValue(`${settings.runtime} is not supported for Lambda Managed Instances functions.`);
  }
  if (settings.memorySize < memoryAtLeast) {
    throw invalidParameterValue(
      `'MemorySize' value failed to satisfy constraint: Member must have value greater than or equal to ${memoryAtLeast}`,
    );
  }
}

function requireUsable({ arn, state }: CapacityProviderRecord): void {
  if (state === 'Deleting') throw resourceNotFound(`Capacity provider not found: ${arn}`);
}

/**
 * A function is on capacity providers from its creation on, or never; it may change from one to another.
 * @throws ServiceError InvalidParameterValueException
 */
export function checkStaysDefault(current: FunctionSettings, given: FunctionSettings['capacityProvider']): void {
  if (given !== undefined && current.capacityProvider === undefined) {
    throw invalidParameterValue('A function that was created without CapacityProviderConfig cannot get one later.');
  }
}

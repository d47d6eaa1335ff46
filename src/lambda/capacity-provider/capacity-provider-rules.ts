/** What instances a capacity provider may ask for, and how it may scale. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { invalidParameterValue } from '../lambda-error.ts';

type CreateInput = LambdaOperations['CreateCapacityProvider']['input'];

/** @throws ServiceError InvalidParameterValueException for types that are allowed and excluded at once. */
export function checkInstances(instances: CreateInput['InstanceRequirements']): void {
  const allowed = instances?.AllowedInstanceTypes ?? [];
  const excluded = instances?.ExcludedInstanceTypes ?? [];
  if (allowed.length > 0 && excluded.length > 0) {
    throw invalidParameterValue('AllowedInstanceTypes and ExcludedInstanceTypes cannot be specified together.');
  }
}

/** @throws ServiceError InvalidParameterValueException for a mode and policies that contradict each other. */
export function checkScaling(scaling: CreateInput['CapacityProviderScalingConfig']): void {
  const policies = scaling?.ScalingPolicies ?? [];
  if (scaling?.ScalingMode === 'Manual' && policies.length === 0) {
    throw invalidParameterValue('ScalingPolicies must be specified when ScalingMode is Manual.');
  }
  if (scaling?.ScalingMode === 'Auto' && policies.length > 0) {
    throw invalidParameterValue('ScalingPolicies cannot be specified when ScalingMode is Auto.');
  }
}

/** Changes how a capacity provider scales, tags and logs; instances and network stay what they are. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceConflict } from '../lambda-error.ts';
import { capacityProviderOutput } from './capacity-provider-output.ts';
import type { CapacityProviderRecord } from './capacity-provider-record.ts';
import { checkScaling } from './capacity-provider-rules.ts';
import { requireCapacityProvider } from './require-capacity-provider.ts';

/**
 * `UpdateCapacityProvider`; what the request does not name stays.
 * @throws ServiceError ResourceNotFoundException, ResourceConflictException unless it is Active,
 * InvalidParameterValueException.
 * @see AWS Lambda API reference, UpdateCapacityProvider
 */
export const updateCapacityProvider: LambdaOperation<'UpdateCapacityProvider'> = (input, call) => {
  const current = requireCapacityProvider(input.CapacityProviderName, call);
  if (current.state !== 'Active') {
    throw resourceConflict(
      `The operation cannot be performed at this time. The capacity provider is currently in the following state: ${current.state}`,
    );
  }
  checkScaling(input.CapacityProviderScalingConfig);
  const changed: CapacityProviderRecord = {
    ...current,
    scaling: scalingAfter(current.scaling, input.CapacityProviderScalingConfig ?? {}),
    propagateTags: input.PropagateTags ?? current.propagateTags,
    telemetry: input.TelemetryConfig ?? current.telemetry,
    lastModified: call.clock.now(),
  };
  call.stores.capacityProviders.put(call.scope, changed.name, changed);
  return { CapacityProvider: capacityProviderOutput(changed) };
};

/** Policies are of the manual mode. */
function scalingAfter(
  current: CapacityProviderRecord['scaling'],
  given: CapacityProviderRecord['scaling'],
): CapacityProviderRecord['scaling'] {
  const { ScalingPolicies: policies, ...scaling } = { ...current, ...given };
  return scaling.ScalingMode === 'Auto' || policies === undefined ? scaling : { ...scaling, ScalingPolicies: policies };
}

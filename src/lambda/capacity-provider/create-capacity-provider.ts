/** Creates a capacity provider. */
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceConflict } from '../lambda-error.ts';
import { checkTags } from '../tag/tag-rules.ts';
import { capacityProviderOutput } from './capacity-provider-output.ts';
import type { CapacityProviderRecord } from './capacity-provider-record.ts';
import { checkInstances, checkScaling } from './capacity-provider-rules.ts';
import { addressCapacityProvider } from './require-capacity-provider.ts';

/** What a provider scales to that was not told. Source: Lambda Developer Guide, "Capacity providers". */
const vCpusUnlessTold = 400;

/**
 * `CreateCapacityProvider`; the reply shows it as Pending.
 * @throws ServiceError ResourceConflictException when there is one of that name, InvalidParameterValueException.
 * @see AWS Lambda API reference, CreateCapacityProvider
 */
export const createCapacityProvider: LambdaOperation<'CreateCapacityProvider'> = (input, call) => {
  const { scope, stores, clock, capacityProviders } = call;
  const { name, arn } = addressCapacityProvider(scope, input.CapacityProviderName);
  checkInstances(input.InstanceRequirements);
  checkScaling(input.CapacityProviderScalingConfig);
  if (input.Tags !== undefined) checkTags(input.Tags);
  if (stores.capacityProviders.find(scope, name) !== undefined) {
    throw resourceConflict(`Capacity provider already exists: ${arn}`);
  }
  const record: CapacityProviderRecord = {
    name,
    scope,
    arn,
    state: 'Pending',
    vpc: input.VpcConfig,
    permissions: input.PermissionsConfig,
    instances: { Architectures: ['x86_64'], ...input.InstanceRequirements },
    scaling: { MaxVCpuCount: vCpusUnlessTold, ScalingMode: 'Auto', ...input.CapacityProviderScalingConfig },
    kmsKey: input.KmsKeyArn,
    propagateTags: input.PropagateTags,
    telemetry: input.TelemetryConfig,
    lastModified: clock.now(),
    tags: input.Tags ?? {},
  };
  return { CapacityProvider: capacityProviderOutput(capacityProviders.begin(record)) };
};

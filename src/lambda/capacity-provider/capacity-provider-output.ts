/** A capacity provider as the API shows it. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';
import type { CapacityProviderRecord } from './capacity-provider-record.ts';

type ProviderOutput = NonNullable<LambdaOperations['GetCapacityProvider']['output']['CapacityProvider']>;

export const capacityProviderOutput = (record: CapacityProviderRecord): ProviderOutput => ({
  CapacityProviderArn: record.arn,
  State: record.state,
  VpcConfig: record.vpc,
  PermissionsConfig: record.permissions,
  InstanceRequirements: record.instances,
  CapacityProviderScalingConfig: record.scaling,
  KmsKeyArn: record.kmsKey,
  LastModified: isoTimestamp(record.lastModified).replace('Z', '+0000'),
  PropagateTags: record.propagateTags,
  TelemetryConfig: record.telemetry,
});

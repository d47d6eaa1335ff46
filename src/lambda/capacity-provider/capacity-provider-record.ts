/** What is kept of a capacity provider. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Scope } from '../../aws/scope.ts';
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { CapacityProviderState } from './capacity-provider-state.ts';

type CreateInput = LambdaOperations['CreateCapacityProvider']['input'];

/**
 * An immutable value, kept by its name. Members in the API's form are only kept and shown: functions run on this
 * machine whatever instances a provider asks for.
 */
export interface CapacityProviderRecord {
  readonly name: string;
  readonly scope: Scope;
  readonly arn: string;
  readonly state: CapacityProviderState;
  readonly vpc: CreateInput['VpcConfig'];
  readonly permissions: CreateInput['PermissionsConfig'];
  readonly instances: NonNullable<CreateInput['InstanceRequirements']>;
  readonly scaling: NonNullable<CreateInput['CapacityProviderScalingConfig']>;
  readonly kmsKey: CreateInput['KmsKeyArn'];
  readonly propagateTags: CreateInput['PropagateTags'];
  readonly telemetry: CreateInput['TelemetryConfig'];
  /** Epoch. */
  readonly lastModified: Milliseconds;
  readonly tags: Readonly<Record<string, string>>;
}

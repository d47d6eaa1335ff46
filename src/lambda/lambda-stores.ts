/** All stores of the control plane beside that of functions. */
import type { AliasRecord } from './alias/alias-record.ts';
import type { CapacityProviderRecord } from './capacity-provider/capacity-provider-record.ts';
import type { CodeSigningConfigRecord } from './code-signing/code-signing-config-record.ts';
import type { EventInvokeConfigRecord } from './event-invoke-config/event-invoke-config-record.ts';
import type { EventSourceMappingRecord } from './event-source-mapping/event-source-mapping-record.ts';
import type { FunctionScalingRecord } from './function-scaling/function-scaling-record.ts';
import type { FunctionUrlStore } from './function-url/function-url-store.ts';
import type { LayerRecord } from './layer/layer-record.ts';
import type { PolicyRecord } from './permission/policy-record.ts';
import type { ProvisionedConcurrencyRecord } from './provisioned-concurrency/provisioned-concurrency-record.ts';
import type { RecordStore } from './record-store.ts';
import type { RuntimeManagementRecord } from './runtime-management/runtime-management-record.ts';

export interface LambdaStores {
  readonly functionUrls: FunctionUrlStore;
  /** By `functionKey(name, qualifier)`, as are the next three. */
  readonly provisionedConcurrency: RecordStore<ProvisionedConcurrencyRecord>;
  readonly eventInvokeConfigs: RecordStore<EventInvokeConfigRecord>;
  readonly runtimeManagement: RecordStore<RuntimeManagementRecord>;
  readonly functionScaling: RecordStore<FunctionScalingRecord>;
  /** By name. */
  readonly layers: RecordStore<LayerRecord>;
  /** By id. */
  readonly codeSigningConfigs: RecordStore<CodeSigningConfigRecord>;
  readonly policies: RecordStore<PolicyRecord>;
  /** By `functionKey(name, alias)`. */
  readonly aliases: RecordStore<AliasRecord>;
  /** By UUID. */
  readonly eventSourceMappings: RecordStore<EventSourceMappingRecord>;
  /** By name. */
  readonly capacityProviders: RecordStore<CapacityProviderRecord>;
}

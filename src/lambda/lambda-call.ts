/** What an operation of the control plane sees beside its input. */
import type { Call } from '../aws/call.ts';
import type { LambdaOperations } from '../aws/generated/lambda-operations.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import type { CapacityProviderLifecycle } from './capacity-provider/capacity-provider-lifecycle.ts';
import type { CodeLocations } from './code/code-location.ts';
import type { CodeObjects } from './code/code-objects.ts';
import type { CodeStore } from './code/code-store.ts';
import type { LiveFolders } from './code/live-folder.ts';
import type { ConcurrencyShares } from './concurrency/concurrency-shares.ts';
import type { EventSourceExistence } from './event-source-mapping/event-source-existence.ts';
import type { MappingLifecycle } from './event-source-mapping/mapping-lifecycle.ts';
import type { FunctionLifecycle } from './function/function-lifecycle.ts';
import type { FunctionStore } from './function/function-store.ts';
import type { LambdaLimits } from './lambda-limits.ts';
import type { LambdaStores } from './lambda-stores.ts';
import type { LayerSource } from './layer/layer-source.ts';
import type { Provisioning } from './provisioned-concurrency/provisioning.ts';

/** The control plane's parts, the same for every call. */
export interface LambdaParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly functions: FunctionStore;
  readonly stores: LambdaStores;
  readonly lifecycle: FunctionLifecycle;
  readonly concurrency: ConcurrencyShares;
  readonly provisioning: Provisioning;
  readonly mappings: MappingLifecycle;
  readonly sourceExistence: EventSourceExistence;
  readonly capacityProviders: CapacityProviderLifecycle;
  readonly codeStore: CodeStore;
  readonly codeObjects: CodeObjects;
  readonly codeLocations: CodeLocations;
  readonly liveFolders: LiveFolders | undefined;
  /** Who fetches layers of other accounts; without it there are only those that are here. */
  readonly layerSource: LayerSource | undefined;
  readonly limits: LambdaLimits;
  /** Refuse runtimes that AWS no longer supports. */
  readonly runtimeValidation: boolean;
  /** Create and update answer when the function is ready, not before. */
  readonly synchronousCreate: boolean;
  /** `host:port` that goes into URLs; asked for late, since the port may be chosen at start-up. */
  readonly publicHost: () => string;
}

export interface LambdaCall extends Call, LambdaParts {}

/** One AWS operation: one file, one function. */
export type LambdaOperation<Name extends keyof LambdaOperations> = (
  input: LambdaOperations[Name]['input'],
  call: LambdaCall,
) => LambdaOperations[Name]['output'] | Promise<LambdaOperations[Name]['output']>;

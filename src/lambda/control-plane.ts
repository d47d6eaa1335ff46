/** Composes the control plane: the records of functions, their code, and the operations on them. */
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import { CapacityProviderLifecycle } from './capacity-provider/capacity-provider-lifecycle.ts';
import { CodeLocations } from './code/code-location.ts';
import { type CodeObjects, noCodeObjects } from './code/code-objects.ts';
import type { CodeStore } from './code/code-store.ts';
import type { LiveFolders } from './code/live-folder.ts';
import type { UnpackedCode } from './code/unpacked-code.ts';
import { openCodeOnDisk } from './code-on-disk.ts';
import { ConcurrencyShares } from './concurrency/concurrency-shares.ts';
import { EventInvokePolicies } from './event-invoke-config/event-invoke-policies.ts';
import { type EventSourceExistence, unknownExistence } from './event-source-mapping/event-source-existence.ts';
import { type EventSourcePolling, noPolling } from './event-source-mapping/event-source-polling.ts';
import { MappingLifecycle } from './event-source-mapping/mapping-lifecycle.ts';
import { FunctionLifecycle } from './function/function-lifecycle.ts';
import type { FunctionStore } from './function/function-store.ts';
import type { VersionCatalogue } from './function/invocation-target.ts';
import type { VersionLifecycle } from './function/version-lifecycle.ts';
import { FunctionUrlDirectory } from './function-url/function-url-directory.ts';
import type { LambdaParts } from './lambda-call.ts';
import type { LambdaLimits } from './lambda-limits.ts';
import { type ControlPlaneOperations, lambdaOperations } from './lambda-operations.ts';
import type { LambdaStores } from './lambda-stores.ts';
import type { LayerSource } from './layer/layer-source.ts';
import type { MergedLayers } from './layer/merged-layers.ts';
import { ResourcePolicies } from './permission/resource-policies.ts';
import type { ProvisionedEnvironments } from './provisioned-concurrency/provisioned-environments.ts';
import { Provisioning } from './provisioned-concurrency/provisioning.ts';
import { StoredVersions } from './version/stored-versions.ts';

export interface ControlPlaneOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly functions: FunctionStore;
  readonly stores: LambdaStores;
  /** Who runs functions. First called when a function is created, so it may itself need the control plane. */
  readonly preparation: VersionLifecycle;
  /** Who starts environments ahead of invocations. */
  readonly environments: ProvisionedEnvironments;
  /** Who reads event sources; nobody unless given. */
  readonly polling?: EventSourcePolling;
  /** Who can say whether there is a source; nobody unless given. */
  readonly sourceExistence?: EventSourceExistence;
  /** Archives that lie in buckets; there are none unless given. */
  readonly codeObjects?: CodeObjects;
  /** Folders that are run in place of archives; none unless given. */
  readonly liveFolders?: LiveFolders;
  /** Who fetches layers of other accounts; nobody unless given. */
  readonly layerSource?: LayerSource | undefined;
  /** Absolute; code is kept below it in a folder of this run's own, gone with the disposal. */
  readonly dataDirectory: string;
  readonly limits: LambdaLimits;
  /** Refuse runtimes that AWS has withdrawn. */
  readonly runtimeValidation: boolean;
  /** Create and update answer when the function is ready, at most ten seconds later. */
  readonly synchronousCreate: boolean;
  /** `host:port` that goes into URLs; first asked when there is one to make. */
  readonly publicHost: () => string;
}

/** Disposing it aborts preparations, awaits them and removes the code from disk. */
export interface ControlPlane extends AsyncDisposable {
  readonly operations: ControlPlaneOperations;
  readonly catalogue: VersionCatalogue;
  readonly concurrency: ConcurrencyShares;
  readonly urlDirectory: FunctionUrlDirectory;
  readonly policies: ResourcePolicies;
  readonly eventInvokePolicies: EventInvokePolicies;
  readonly codeStore: CodeStore;
  readonly unpackedCode: UnpackedCode;
  readonly mergedLayers: MergedLayers;
  readonly codeLocations: CodeLocations;
}

export function openControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { clock, random, logger, functions, stores, preparation, publicHost } = options;
  const { polling = noPolling, sourceExistence = unknownExistence } = options;
  const code = openCodeOnDisk(options);
  const { codeStore, unpackedCode, mergedLayers } = code;
  const lifecycle = new FunctionLifecycle({ clock, random, logger, functions, codeStore, preparation });
  const concurrency = new ConcurrencyShares({ functions, provisioned: stores.provisionedConcurrency });
  const provisioning = new Provisioning({
    clock,
    random,
    logger,
    functions,
    configs: stores.provisionedConcurrency,
    concurrency,
    environments: options.environments,
  });
  const mappings = new MappingLifecycle({ clock, logger, mappings: stores.eventSourceMappings, polling });
  const capacityProviders = new CapacityProviderLifecycle(stores.capacityProviders);
  const codeLocations = new CodeLocations({ clock, secret: random.hex(32), publicHost });
  const parts: LambdaParts = {
    clock,
    random,
    logger,
    functions,
    stores,
    lifecycle,
    concurrency,
    provisioning,
    mappings,
    sourceExistence,
    capacityProviders,
    codeStore,
    codeObjects: options.codeObjects ?? noCodeObjects,
    codeLocations,
    liveFolders: options.liveFolders,
    layerSource: options.layerSource,
    limits: options.limits,
    runtimeValidation: options.runtimeValidation,
    synchronousCreate: options.synchronousCreate,
    publicHost,
  };
  const disposal = new AsyncDisposableStack();
  for (const owned of [code, lifecycle, provisioning, mappings, capacityProviders]) disposal.use(owned);
  return {
    operations: lambdaOperations(parts),
    catalogue: new StoredVersions(functions, stores.aliases, random),
    concurrency,
    urlDirectory: new FunctionUrlDirectory(stores.functionUrls),
    policies: new ResourcePolicies(stores.policies),
    eventInvokePolicies: new EventInvokePolicies(stores.eventInvokeConfigs, functions),
    codeStore,
    unpackedCode,
    mergedLayers,
    codeLocations,
    [Symbol.asyncDispose]: () => disposal.disposeAsync(),
  };
}

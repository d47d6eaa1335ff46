/** A request's settings on top of those there are: what is named is checked and replaces, the rest stays. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { Scope } from '../../aws/scope.ts';
import { validationException } from '../../aws/service-error.ts';
import { megabytes, seconds } from '../../kernel/quantity.ts';
import { checkManaged } from '../capacity-provider/managed-function-rules.ts';
import type { RuntimeId } from '../function/function-version.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import type { LambdaLimits } from '../lambda-limits.ts';
import type { LambdaStores } from '../lambda-stores.ts';
import type { ObtainedLayers } from '../layer/obtained-layers.ts';
import { checkRuntime, checkSnapStart } from '../runtime-catalogue/runtime-rules.ts';
import { attachedLayers } from './attached-layers.ts';
import { checkVariables } from './environment-variables.ts';
import type { FunctionSettings } from './function-settings.ts';
import { changedLogging } from './logging-settings.ts';
import { checkNetwork } from './network-rules.ts';
import { checkPackageSettings } from './package-rules.ts';
import { changedVpc } from './vpc-settings.ts';

/** Members that CreateFunction and UpdateFunctionConfiguration have in common. */
export type SettingsInput = Omit<
  LambdaOperations['UpdateFunctionConfiguration']['input'],
  'FunctionName' | 'RevisionId'
>;

export interface SettingsRules {
  readonly scope: Scope;
  readonly limits: LambdaLimits;
  readonly runtimeValidation: boolean;
  readonly stores: Pick<LambdaStores, 'layers' | 'capacityProviders'>;
}

// The API's model allows more for functions on capacity providers; for all others the service has its own bounds.
const memoryAtMost = megabytes(10_240);
const timeoutAtMost = seconds(900);

/**
 * @param obtained layers that had to be fetched
 * @throws ServiceError InvalidParameterValueException with the first rule broken, in the order in which AWS checks.
 * @see AWS Lambda API reference, UpdateFunctionConfiguration
 */
export function changedSettings(
  current: FunctionSettings,
  input: SettingsInput,
  rules: SettingsRules,
  obtained: ObtainedLayers,
): FunctionSettings {
  if (input.Environment?.Variables !== undefined) checkVariables(input.Environment.Variables, rules.limits);
  const settings: FunctionSettings = {
    ...current,
    ...basicSettings(current, input),
    layers: input.Layers === undefined ? current.layers : attachedLayers(input.Layers, rules, obtained),
    logging: changedLogging(current.logging, input.LoggingConfig),
    vpc: changedVpc(current.vpc, input.VpcConfig),
    // An empty text is how a request clears these two.
    deadLetterTarget: clearable(current.deadLetterTarget, input.DeadLetterConfig?.TargetArn),
    kmsKey: clearable(current.kmsKey, input.KMSKeyArn),
    fileSystems: input.FileSystemConfigs ?? current.fileSystems,
    image: emptied(input.ImageConfig ?? current.image),
    capacityProvider: input.CapacityProviderConfig ?? current.capacityProvider,
    durable: input.DurableConfig ?? current.durable,
  };
  checkBounds(settings);
  checkPackageSettings(settings);
  checkNetwork(current, settings);
  checkManaged(settings, rules);
  if (input.Runtime !== undefined) checkRuntime(input.Runtime, rules.runtimeValidation);
  if (settings.runtime !== undefined) checkSnapStart(settings.runtime, settings.snapStart);
  return settings;
}

function basicSettings(current: FunctionSettings, input: SettingsInput): Partial<FunctionSettings> {
  return {
    runtime: input.Runtime === undefined ? current.runtime : (input.Runtime as string as RuntimeId),
    handler: input.Handler ?? current.handler,
    role: input.Role ?? current.role,
    description: input.Description ?? current.description,
    timeout: input.Timeout === undefined ? current.timeout : seconds(input.Timeout),
    memorySize: input.MemorySize === undefined ? current.memorySize : megabytes(input.MemorySize),
    ephemeralStorage:
      input.EphemeralStorage?.Size === undefined ? current.ephemeralStorage : megabytes(input.EphemeralStorage.Size),
    variables: input.Environment === undefined ? current.variables : (input.Environment.Variables ?? {}),
    tracing: input.TracingConfig?.Mode ?? current.tracing,
    snapStart: input.SnapStart?.ApplyOn ?? current.snapStart,
  };
}

function checkBounds(settings: FunctionSettings): void {
  if (settings.capacityProvider === undefined && settings.memorySize > memoryAtMost) {
    throw invalidParameterValue(
      `'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${memoryAtMost}`,
    );
  }
  if (settings.capacityProvider === undefined && settings.timeout > timeoutAtMost) {
    throw validationException(
      `1 validation error detected: Value '${settings.timeout}' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to ${timeoutAtMost}`,
    );
  }
}

const clearable = (current: string | undefined, given: string | undefined): string | undefined =>
  given === undefined ? current : given === '' ? undefined : given;

const emptied = (image: FunctionSettings['image']): FunctionSettings['image'] =>
  image === undefined || Object.keys(image).length === 0 ? undefined : image;

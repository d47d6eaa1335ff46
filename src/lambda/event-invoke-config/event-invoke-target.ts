/** The version or alias whose event invoke configuration a request names, or AWS's error. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionArn, FunctionName } from '../function/function-version.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import { latestVersion } from '../version/version-record.ts';
import type { EventInvokeConfigRecord } from './event-invoke-config-record.ts';

export interface EventInvokeTarget {
  readonly name: FunctionName;
  readonly arn: FunctionArn;
  /** `$LATEST` when the request names none. */
  readonly qualifier: string;
  readonly key: string;
}

interface TargetInput {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

export function addressTarget(input: TargetInput, { scope }: LambdaCall): EventInvokeTarget {
  const { name, arn, qualifier = latestVersion } = addressFunction(scope, input.FunctionName, input.Qualifier);
  return { name, arn, qualifier, key: functionKey(name, qualifier) };
}

/** @throws ServiceError ResourceNotFoundException when there is no such function, version or alias. */
export function requireExisting({ name, qualifier, key }: EventInvokeTarget, call: LambdaCall): void {
  const { scope, functions, stores } = call;
  const exists =
    functions.find(scope, name) !== undefined &&
    (qualifier === latestVersion ||
      functions.findVersion(scope, name, qualifier) !== undefined ||
      stores.aliases.find(scope, key) !== undefined);
  if (!exists) throw resourceNotFound("The function doesn't exist.");
}

/** @throws ServiceError ResourceNotFoundException when nothing is configured. */
export function requireConfig(target: EventInvokeTarget, { scope, stores }: LambdaCall): EventInvokeConfigRecord {
  const config = stores.eventInvokeConfigs.find(scope, target.key);
  if (config !== undefined) return config;
  throw resourceNotFound(
    `The function ${qualifiedArn(target.arn, target.qualifier)} doesn't have an EventInvokeConfig`,
  );
}

/** @throws ServiceError InvalidParameterValueException */
export function requireSomeSetting(input: {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?: object | undefined;
}): void {
  const settings = [input.MaximumRetryAttempts, input.MaximumEventAgeInSeconds, input.DestinationConfig];
  if (settings.some((setting) => setting !== undefined)) return;
  throw invalidParameterValue('You must specify at least one of error handling or destination setting.');
}

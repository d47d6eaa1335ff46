/** Changes how asynchronous invocations of a version or alias are treated. */
import { seconds } from '../../kernel/quantity.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { checkDestinations, keptDestination } from './destination-rules.ts';
import { eventInvokeConfigOutput } from './event-invoke-config-output.ts';
import type { EventInvokeConfigRecord } from './event-invoke-config-record.ts';
import { addressTarget, requireConfig, requireSomeSetting } from './event-invoke-target.ts';

/**
 * `UpdateFunctionEventInvokeConfig`; what the request does not name stays, an empty destination is removed.
 * @throws ServiceError ResourceNotFoundException when nothing is configured, InvalidParameterValueException.
 * @see AWS Lambda API reference, UpdateFunctionEventInvokeConfig
 */
export const updateFunctionEventInvokeConfig: LambdaOperation<'UpdateFunctionEventInvokeConfig'> = (input, call) => {
  requireSomeSetting(input);
  const target = addressTarget(input, call);
  const current = requireConfig(target, call);
  checkDestinations(input.DestinationConfig, target.name, call);
  const age = input.MaximumEventAgeInSeconds;
  const onSuccess = input.DestinationConfig?.OnSuccess?.Destination;
  const onFailure = input.DestinationConfig?.OnFailure?.Destination;
  const changed: EventInvokeConfigRecord = {
    ...current,
    maximumRetryAttempts: input.MaximumRetryAttempts ?? current.maximumRetryAttempts,
    maximumEventAge: age === undefined ? current.maximumEventAge : seconds(age),
    onSuccess: onSuccess === undefined ? current.onSuccess : keptDestination(onSuccess),
    onFailure: onFailure === undefined ? current.onFailure : keptDestination(onFailure),
    lastModified: call.clock.now(),
  };
  call.stores.eventInvokeConfigs.put(call.scope, target.key, changed);
  return eventInvokeConfigOutput(target.arn, changed);
};

/** Sets how asynchronous invocations of a version or alias are treated. */
import { seconds } from '../../kernel/quantity.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { checkDestinations, keptDestination } from './destination-rules.ts';
import { eventInvokeConfigOutput } from './event-invoke-config-output.ts';
import type { EventInvokeConfigRecord } from './event-invoke-config-record.ts';
import { addressTarget, requireExisting, requireSomeSetting } from './event-invoke-target.ts';

/**
 * `PutFunctionEventInvokeConfig`; what the request does not name goes back to its default.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a request that sets nothing and for
 * destinations that are not allowed.
 * @see AWS Lambda API reference, PutFunctionEventInvokeConfig
 */
export const putFunctionEventInvokeConfig: LambdaOperation<'PutFunctionEventInvokeConfig'> = (input, call) => {
  requireSomeSetting(input);
  const target = addressTarget(input, call);
  requireExisting(target, call);
  checkDestinations(input.DestinationConfig, target.name, call);
  const age = input.MaximumEventAgeInSeconds;
  const config: EventInvokeConfigRecord = {
    qualifier: target.qualifier,
    maximumRetryAttempts: input.MaximumRetryAttempts,
    maximumEventAge: age === undefined ? undefined : seconds(age),
    onSuccess: keptDestination(input.DestinationConfig?.OnSuccess?.Destination),
    onFailure: keptDestination(input.DestinationConfig?.OnFailure?.Destination),
    lastModified: call.clock.now(),
  };
  call.stores.eventInvokeConfigs.put(call.scope, target.key, config);
  return eventInvokeConfigOutput(target.arn, config);
};

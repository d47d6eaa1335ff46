/** Lets asynchronous invocations of a version or alias be treated as by default again. */
import type { LambdaOperation } from '../lambda-call.ts';
import { addressTarget, requireConfig } from './event-invoke-target.ts';

/**
 * `DeleteFunctionEventInvokeConfig`.
 * @throws ServiceError ResourceNotFoundException when nothing is configured, be it that there is no such function.
 * @see AWS Lambda API reference, DeleteFunctionEventInvokeConfig
 */
export const deleteFunctionEventInvokeConfig: LambdaOperation<'DeleteFunctionEventInvokeConfig'> = (input, call) => {
  const target = addressTarget(input, call);
  requireConfig(target, call);
  call.stores.eventInvokeConfigs.remove(call.scope, target.key);
  return {};
};

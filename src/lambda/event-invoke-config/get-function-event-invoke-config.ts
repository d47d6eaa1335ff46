/** Shows how asynchronous invocations of a version or alias are treated. */
import type { LambdaOperation } from '../lambda-call.ts';
import { eventInvokeConfigOutput } from './event-invoke-config-output.ts';
import { addressTarget, requireConfig } from './event-invoke-target.ts';

/**
 * `GetFunctionEventInvokeConfig`.
 * @throws ServiceError ResourceNotFoundException when nothing is configured, be it that there is no such function.
 * @see AWS Lambda API reference, GetFunctionEventInvokeConfig
 */
export const getFunctionEventInvokeConfig: LambdaOperation<'GetFunctionEventInvokeConfig'> = (input, call) => {
  const target = addressTarget(input, call);
  return eventInvokeConfigOutput(target.arn, requireConfig(target, call));
};

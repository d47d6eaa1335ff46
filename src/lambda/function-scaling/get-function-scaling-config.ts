/** Shows how many execution environments a version has on the instances of a capacity provider. */
import { qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { requireScaledVersion } from './scaled-version.ts';

/**
 * `GetFunctionScalingConfig`; what was requested is applied at once here.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a function without capacity provider.
 * @see AWS Lambda API reference, GetFunctionScalingConfig
 */
export const getFunctionScalingConfig: LambdaOperation<'GetFunctionScalingConfig'> = (input, call) => {
  const { record, version } = requireScaledVersion(input, call);
  const config = call.stores.functionScaling.find(call.scope, functionKey(record.name, version.version));
  return {
    FunctionArn: qualifiedArn(record.arn, version.version),
    AppliedFunctionScalingConfig: config,
    RequestedFunctionScalingConfig: config,
  };
};

/** Sets how many execution environments a version has on the instances of a capacity provider. */
import { functionKey } from '../function/function-key.ts';
import { stateOutput } from '../function/state-output.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { requireScaledVersion } from './scaled-version.ts';

/**
 * `PutFunctionScalingConfig`; without a configuration what was set is removed.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a function without capacity provider
 * and for a least number above the highest.
 * @see AWS Lambda API reference, PutFunctionScalingConfig
 */
export const putFunctionScalingConfig: LambdaOperation<'PutFunctionScalingConfig'> = (input, call) => {
  const { record, version } = requireScaledVersion(input, call);
  const key = functionKey(record.name, version.version);
  const config = input.FunctionScalingConfig;
  const { MinExecutionEnvironments: least = 0, MaxExecutionEnvironments: most = Number.POSITIVE_INFINITY } =
    config ?? {};
  if (least > most) {
    throw invalidParameterValue('MinExecutionEnvironments must be less than or equal to MaxExecutionEnvironments.');
  }
  if (config === undefined) call.stores.functionScaling.remove(call.scope, key);
  else call.stores.functionScaling.put(call.scope, key, config);
  return { FunctionState: stateOutput(version.state).State };
};

/** Takes the code signing configuration off a function. */
import type { LambdaOperation } from '../lambda-call.ts';
import { requireFunctionToSign } from './function-to-sign.ts';

/**
 * `DeleteFunctionCodeSigningConfig`; succeeds also when it has none.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException.
 * @see AWS Lambda API reference, DeleteFunctionCodeSigningConfig
 */
export const deleteFunctionCodeSigningConfig: LambdaOperation<'DeleteFunctionCodeSigningConfig'> = (input, call) => {
  const record = requireFunctionToSign(input.FunctionName, call);
  const { codeSigningConfigArn: _, ...traits } = record.traits;
  call.functions.put({ ...record, traits });
  return {};
};

/** Shows which code signing configuration a function has. */
import type { LambdaOperation } from '../lambda-call.ts';
import { requireFunctionToSign } from './function-to-sign.ts';

/**
 * `GetFunctionCodeSigningConfig`; an empty reply when it has none.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException.
 * @see AWS Lambda API reference, GetFunctionCodeSigningConfig
 */
export const getFunctionCodeSigningConfig: LambdaOperation<'GetFunctionCodeSigningConfig'> = (input, call) => {
  const { name, traits } = requireFunctionToSign(input.FunctionName, call);
  const { codeSigningConfigArn: arn } = traits;
  // The model says that both members are always there; the service leaves them out together.
  return (arn === undefined ? {} : { CodeSigningConfigArn: arn, FunctionName: name }) as ReturnType<
    typeof getFunctionCodeSigningConfig
  >;
};

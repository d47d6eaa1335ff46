/** Gives a function a code signing configuration; the code that it has stays. */
import type { LambdaOperation } from '../lambda-call.ts';
import { requireFunctionToSign } from './function-to-sign.ts';
import { requireConfigForFunction } from './require-code-signing-config.ts';

/**
 * `PutFunctionCodeSigningConfig`.
 * @throws ServiceError ResourceNotFoundException, CodeSigningConfigNotFoundException, InvalidParameterValueException.
 * @see AWS Lambda API reference, PutFunctionCodeSigningConfig
 */
export const putFunctionCodeSigningConfig: LambdaOperation<'PutFunctionCodeSigningConfig'> = (input, call) => {
  const { arn } = requireConfigForFunction(input.CodeSigningConfigArn, call);
  const record = requireFunctionToSign(input.FunctionName, call);
  call.functions.put({ ...record, traits: { ...record.traits, codeSigningConfigArn: arn } });
  return { CodeSigningConfigArn: arn, FunctionName: record.name };
};

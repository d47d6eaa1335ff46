/** Shows how a version of a function is configured. */
import { configurationOutput } from '../configuration/configuration-output.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { requireVersion } from '../version/require-version.ts';

/**
 * `GetFunctionConfiguration`.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetFunctionConfiguration
 */
export const getFunctionConfiguration: LambdaOperation<'GetFunctionConfiguration'> = (input, call) => {
  const { record, version, qualifier } = requireVersion(input, call);
  return configurationOutput(record, version, qualifier);
};

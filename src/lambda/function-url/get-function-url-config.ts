/** Shows the URL of a function. */
import type { LambdaOperation } from '../lambda-call.ts';
import { functionUrlOutput } from './function-url-output.ts';
import { requireFunctionUrl } from './require-function-url.ts';

/**
 * `GetFunctionUrlConfig`.
 * @throws ServiceError ResourceNotFoundException when there is none.
 * @see AWS Lambda API reference, GetFunctionUrlConfig
 */
export const getFunctionUrlConfig: LambdaOperation<'GetFunctionUrlConfig'> = (input, call) =>
  functionUrlOutput(requireFunctionUrl(input, call), call.publicHost());

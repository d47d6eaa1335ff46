/** Takes the URL of a function away. */
import type { LambdaOperation } from '../lambda-call.ts';
import { requireFunctionUrl } from './require-function-url.ts';

/**
 * `DeleteFunctionUrlConfig`.
 * @throws ServiceError ResourceNotFoundException when there is none.
 * @see AWS Lambda API reference, DeleteFunctionUrlConfig
 */
export const deleteFunctionUrlConfig: LambdaOperation<'DeleteFunctionUrlConfig'> = (input, call) => {
  const { scope, functionName, qualifier } = requireFunctionUrl(input, call);
  call.stores.functionUrls.remove(scope, functionName, qualifier);
  return {};
};

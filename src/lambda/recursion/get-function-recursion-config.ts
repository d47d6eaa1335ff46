/** Shows what Lambda does with a function that invokes itself in a loop. */
import { requireFunction } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';

/**
 * `GetFunctionRecursionConfig`; Terminate unless it was set.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetFunctionRecursionConfig
 */
export const getFunctionRecursionConfig: LambdaOperation<'GetFunctionRecursionConfig'> = (input, call) => ({
  RecursiveLoop: requireFunction(input.FunctionName, call).traits.recursiveLoop ?? 'Terminate',
});

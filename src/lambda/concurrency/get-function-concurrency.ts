/** Shows how much concurrency a function has reserved. */
import { requireFunction } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';

/**
 * `GetFunctionConcurrency`; an empty reply when nothing is reserved.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a version or alias.
 * @see AWS Lambda API reference, GetFunctionConcurrency
 */
export const getFunctionConcurrency: LambdaOperation<'GetFunctionConcurrency'> = (input, call) => ({
  ReservedConcurrentExecutions: requireFunction(input.FunctionName, call).traits.reservedConcurrency,
});

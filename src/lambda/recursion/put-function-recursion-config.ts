/** Sets what Lambda does with a function that invokes itself in a loop. */
import { requireFunction } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';

/**
 * `PutFunctionRecursionConfig`.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, PutFunctionRecursionConfig
 */
export const putFunctionRecursionConfig: LambdaOperation<'PutFunctionRecursionConfig'> = (input, call) => {
  const record = requireFunction(input.FunctionName, call);
  call.functions.put({ ...record, traits: { ...record.traits, recursiveLoop: input.RecursiveLoop } });
  return { RecursiveLoop: input.RecursiveLoop };
};

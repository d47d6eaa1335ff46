/** Gives back the concurrency that a function has reserved. */
import { requireFunction } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';

/**
 * `DeleteFunctionConcurrency`; successful also when nothing is reserved.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a version or alias.
 * @see AWS Lambda API reference, DeleteFunctionConcurrency
 */
export const deleteFunctionConcurrency: LambdaOperation<'DeleteFunctionConcurrency'> = (input, call) => {
  const record = requireFunction(input.FunctionName, call);
  const { reservedConcurrency: _, ...traits } = record.traits;
  call.functions.put({ ...record, traits });
  call.concurrency.refresh(record.scope, record.name);
  return {};
};

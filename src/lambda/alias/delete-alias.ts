/** Deletes an alias with what belongs to it. */
import { addressFunction } from '../function/function-address.ts';
import { forgetQualifier } from '../function/function-key.ts';
import { requireUnqualified } from '../function/require-function.ts';
import type { LambdaOperation } from '../lambda-call.ts';

/**
 * `DeleteAlias`; one that is not there is deleted successfully.
 * @see AWS Lambda API reference, DeleteAlias
 */
export const deleteAlias: LambdaOperation<'DeleteAlias'> = (input, call) => {
  const { scope, stores, provisioning } = call;
  const { name } = requireUnqualified(addressFunction(scope, input.FunctionName));
  provisioning.end({ scope, functionName: name, qualifier: input.Name });
  forgetQualifier(stores, scope, name, input.Name);
  return {};
};

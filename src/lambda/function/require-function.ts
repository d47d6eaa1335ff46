/** The function that an operation on whole functions names, or AWS's error. */
import type { LambdaCall } from '../lambda-call.ts';
import { functionNotFound, qualifierNotPermitted } from '../lambda-error.ts';
import { addressFunction, type FunctionAddress } from './function-address.ts';
import type { FunctionRecord } from './function-record.ts';

/** @throws ServiceError InvalidParameterValueException for a version or alias, ResourceNotFoundException. */
export function requireFunction(functionName: string, { scope, functions }: LambdaCall): FunctionRecord {
  const { name, arn } = requireUnqualified(addressFunction(scope, functionName));
  const record = functions.find(scope, name);
  if (record === undefined) throw functionNotFound(arn);
  return record;
}

/** @throws ServiceError InvalidParameterValueException for the address of a version or alias. */
export function requireUnqualified(address: FunctionAddress): FunctionAddress {
  if (address.qualifier !== undefined) throw qualifierNotPermitted();
  return address;
}

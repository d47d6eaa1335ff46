/** Reserves a part of the account's concurrency for one function, which then can use that much and no more. */
import { ServiceError } from '../../aws/service-error.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import { requireFunction } from '../function/require-function.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { setAsideBy } from './concurrency-shares.ts';

/**
 * `PutFunctionConcurrency`; 0 stops the function.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a version or alias, for less than
 * the function has provisioned, and when it would leave too little to the functions that reserve nothing.
 * @see AWS Lambda API reference, PutFunctionConcurrency
 */
export const putFunctionConcurrency: LambdaOperation<'PutFunctionConcurrency'> = (input, call) => {
  const record = requireFunction(input.FunctionName, call);
  const reserved = input.ReservedConcurrentExecutions;
  checkReservation(record, reserved, call);
  call.functions.put({ ...record, traits: { ...record.traits, reservedConcurrency: reserved } });
  call.concurrency.refresh(record.scope, record.name);
  return { ReservedConcurrentExecutions: reserved };
};

function checkReservation(record: FunctionRecord, reserved: number, { concurrency, limits }: LambdaCall): void {
  const shares = concurrency.in(record.scope);
  const own = shares.of(record.name);
  const left = limits.concurrentExecutions - (shares.setAside - setAsideBy(own)) - reserved;
  if (left < limits.minimumUnreservedConcurrency) {
    throw limitError(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${limits.minimumUnreservedConcurrency}].`,
    );
  }
  const provisioned = own?.provisioned ?? 0;
  if (reserved < provisioned) {
    // The blanks are AWS's.
    throw limitError(
      ` ReservedConcurrentExecutions  ${reserved} should not be lower than function's total provisioned concurrency [${provisioned}].`,
    );
  }
}

/** AWS leaves Type out of the errors about these limits. */
export const limitError = (message: string): ServiceError =>
  new ServiceError('InvalidParameterValueException', message, { type: null });

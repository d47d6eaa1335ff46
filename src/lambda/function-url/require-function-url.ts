/** The URL that a request names, or AWS's error. */
import { addressFunction } from '../function/function-address.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { resourceNotFound } from '../lambda-error.ts';
import type { FunctionUrlRecord } from './function-url-record.ts';

/** @throws ServiceError ResourceNotFoundException when there is none. */
export function requireFunctionUrl(
  input: { readonly FunctionName: string; readonly Qualifier?: string | undefined },
  { scope, stores }: LambdaCall,
): FunctionUrlRecord {
  const { name, qualifier } = addressFunction(scope, input.FunctionName, input.Qualifier);
  const record = stores.functionUrls.find(scope, name, qualifier);
  if (record === undefined) throw resourceNotFound('The resource you requested does not exist.');
  return record;
}

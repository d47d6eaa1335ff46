/** Gives a function a URL. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { resourceConflict, resourceNotFound } from '../lambda-error.ts';
import { functionUrlOutput } from './function-url-output.ts';
import type { FunctionUrlRecord } from './function-url-record.ts';
import { newUrlId } from './url-id.ts';

/**
 * `CreateFunctionUrlConfig`; the reply names InvokeMode only when the request did.
 * @throws ServiceError ResourceNotFoundException for an unknown function or alias, ResourceConflictException when
 * there is a URL already.
 * @see AWS Lambda API reference, CreateFunctionUrlConfig
 */
export const createFunctionUrlConfig: LambdaOperation<'CreateFunctionUrlConfig'> = (input, call) => {
  const { clock, scope } = call;
  const { functionUrls } = call.stores;
  const { name, arn, qualifier } = addressFunction(scope, input.FunctionName, input.Qualifier);
  const owner = call.functions.find(scope, name);
  const isThere = qualifier === undefined || call.stores.aliases.find(scope, functionKey(name, qualifier));
  if (owner === undefined || isThere === undefined) throw resourceNotFound('Function does not exist');
  const target = qualifiedArn(arn, qualifier);
  if (functionUrls.find(scope, name, qualifier) !== undefined) {
    throw resourceConflict(
      `Failed to create function url config for [functionArn = ${target}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    );
  }
  const isTaken = (id: string): boolean => functionUrls.findById(id, scope.region) !== undefined;
  const now = clock.now();
  const record: FunctionUrlRecord = {
    urlId: newUrlId({ tags: owner.tags, qualifier, isTaken }, call),
    scope,
    functionName: name,
    qualifier,
    functionArn: target,
    authType: input.AuthType,
    invokeMode: input.InvokeMode ?? 'BUFFERED',
    cors: input.Cors,
    created: now,
    lastModified: now,
  };
  functionUrls.put(record);
  const { LastModifiedTime: _, ...output } = functionUrlOutput(record, call.publicHost());
  return { ...output, InvokeMode: input.InvokeMode };
};

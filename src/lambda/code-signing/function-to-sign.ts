/** The function whose code signing configuration a request is about. */
import type { ServiceError } from '../../aws/service-error.ts';
import { addressFunction } from '../function/function-address.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { functionNotFound, invalidParameterValue, qualifierNotPermitted } from '../lambda-error.ts';
import { latestVersion } from '../version/version-record.ts';

/** @throws ServiceError ResourceNotFoundException, InvalidParameterValueException for a version, alias or image. */
export function requireFunctionToSign(functionName: string, { scope, functions }: LambdaCall): FunctionRecord {
  const { name, arn, qualifier } = addressFunction(scope, functionName);
  if (qualifier !== undefined && qualifier !== latestVersion) throw qualifierNotPermitted();
  const record = functions.find(scope, name);
  if (record === undefined) throw functionNotFound(arn);
  if (record.latest.settings.packageType === 'Image') throw notForImages();
  return record;
}

export const notForImages = (): ServiceError =>
  invalidParameterValue('Code signing is not supported for functions created with container images.');

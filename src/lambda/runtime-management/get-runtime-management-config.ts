/** Shows when a version takes up new builds of its runtime. */
import { qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { requireVersion } from '../version/require-version.ts';
import { runtimeManagementOutput } from './runtime-management-output.ts';
import { automaticUpdates } from './runtime-management-record.ts';

/**
 * `GetRuntimeManagementConfig`; Auto unless it was set, RuntimeVersionArn only with Manual.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetRuntimeManagementConfig
 */
export const getRuntimeManagementConfig: LambdaOperation<'GetRuntimeManagementConfig'> = (input, call) => {
  const { record, version, qualifier } = requireVersion(input, call);
  const config = call.stores.runtimeManagement.find(call.scope, functionKey(record.name, version.version));
  return runtimeManagementOutput(qualifiedArn(record.arn, qualifier), config ?? automaticUpdates);
};

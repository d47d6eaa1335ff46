/** A runtime management configuration as the API shows it. */
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import type { RuntimeManagementRecord } from './runtime-management-record.ts';

/** @param functionArn with the qualifier that the caller gave */
export const runtimeManagementOutput = (
  functionArn: string,
  config: RuntimeManagementRecord,
): LambdaOperations['PutRuntimeManagementConfig']['output'] => ({
  UpdateRuntimeOn: config.updateRuntimeOn,
  FunctionArn: functionArn,
  RuntimeVersionArn: config.runtimeVersionArn,
});

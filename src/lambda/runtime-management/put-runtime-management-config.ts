/** Sets when a version takes up new builds of its runtime. */
import { qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { requireVersion } from '../version/require-version.ts';
import { runtimeManagementOutput } from './runtime-management-output.ts';
import type { RuntimeManagementRecord } from './runtime-management-record.ts';

/**
 * `PutRuntimeManagementConfig`; a runtime has one build here, so the choice is kept and shown.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValueException when Manual comes without an ARN or
 * another mode with one.
 * @see AWS Lambda API reference, PutRuntimeManagementConfig
 */
export const putRuntimeManagementConfig: LambdaOperation<'PutRuntimeManagementConfig'> = (input, call) => {
  const { record, version, qualifier } = requireVersion(input, call);
  const manual = input.UpdateRuntimeOn === 'Manual';
  if (manual && input.RuntimeVersionArn === undefined) {
    throw invalidParameterValue('RuntimeVersionArn is required when UpdateRuntimeOn is Manual.');
  }
  if (!manual && input.RuntimeVersionArn !== undefined) {
    throw invalidParameterValue(
      `RuntimeVersionArn can't be specified when UpdateRuntimeOn is ${input.UpdateRuntimeOn}.`,
    );
  }
  const config: RuntimeManagementRecord = {
    updateRuntimeOn: input.UpdateRuntimeOn,
    runtimeVersionArn: input.RuntimeVersionArn,
  };
  call.stores.runtimeManagement.put(call.scope, functionKey(record.name, version.version), config);
  return runtimeManagementOutput(qualifiedArn(record.arn, qualifier), config);
};

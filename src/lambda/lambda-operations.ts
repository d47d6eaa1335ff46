/** The table of Lambda's operations on records: what is there, and what is not yet. */
import type { Call } from '../aws/call.ts';
import type { LambdaOperations } from '../aws/generated/lambda-operations.ts';
import { notYet, type Operation, type OperationTable } from '../aws/operation-table.ts';
import { createFunction } from './function/create-function.ts';
import { deleteFunction } from './function/delete-function.ts';
import { getFunction } from './function/get-function.ts';
import { getFunctionConfiguration } from './function/get-function-configuration.ts';
import { listFunctions } from './function/list-functions.ts';
import { updateFunctionCode } from './function/update-function-code.ts';
import { updateFunctionConfiguration } from './function/update-function-configuration.ts';
import { createFunctionUrlConfig } from './function-url/create-function-url-config.ts';
import { deleteFunctionUrlConfig } from './function-url/delete-function-url-config.ts';
import { getFunctionUrlConfig } from './function-url/get-function-url-config.ts';
import { listFunctionUrlConfigs } from './function-url/list-function-url-configs.ts';
import { updateFunctionUrlConfig } from './function-url/update-function-url-config.ts';
import type { LambdaCall, LambdaOperation, LambdaParts } from './lambda-call.ts';

/** The three that run functions are not this room's. */
export type ControlPlaneOperations = Omit<
  OperationTable<LambdaOperations>,
  'Invoke' | 'InvokeAsync' | 'InvokeWithResponseStream'
>;

/** Every operation with the parts it works on. */
export function lambdaOperations(parts: LambdaParts): ControlPlaneOperations {
  const bound =
    <Name extends keyof LambdaOperations>(
      operation: LambdaOperation<Name>,
    ): Operation<LambdaOperations[Name]['input'], LambdaOperations[Name]['output']> =>
    (input, call: Call) =>
      operation(input, callOn(parts, call));
  return {
    ...absent,
    CreateFunction: bound(createFunction),
    GetFunction: bound(getFunction),
    GetFunctionConfiguration: bound(getFunctionConfiguration),
    ListFunctions: bound(listFunctions),
    UpdateFunctionCode: bound(updateFunctionCode),
    UpdateFunctionConfiguration: bound(updateFunctionConfiguration),
    DeleteFunction: bound(deleteFunction),
    CreateFunctionUrlConfig: bound(createFunctionUrlConfig),
    GetFunctionUrlConfig: bound(getFunctionUrlConfig),
    UpdateFunctionUrlConfig: bound(updateFunctionUrlConfig),
    ListFunctionUrlConfigs: bound(listFunctionUrlConfigs),
    DeleteFunctionUrlConfig: bound(deleteFunctionUrlConfig),
  };
}

/** The signal is asked for late: making one costs more than most calls, and only those that wait need it. */
const callOn = (parts: LambdaParts, call: Call): LambdaCall => ({
  ...parts,
  scope: call.scope,
  requestId: call.requestId,
  traceHeader: call.traceHeader,
  get signal() {
    return call.signal;
  },
});

/** Named one by one: when AWS adds an operation, the compiler asks for it here. */
const absent = {
  AddLayerVersionPermission: notYet,
  AddPermission: notYet,
  CheckpointDurableExecution: notYet,
  CreateAlias: notYet,
  CreateCapacityProvider: notYet,
  CreateCodeSigningConfig: notYet,
  CreateEventSourceMapping: notYet,
  DeleteAlias: notYet,
  DeleteCapacityProvider: notYet,
  DeleteCodeSigningConfig: notYet,
  DeleteEventSourceMapping: notYet,
  DeleteFunctionCodeSigningConfig: notYet,
  DeleteFunctionConcurrency: notYet,
  DeleteFunctionEventInvokeConfig: notYet,
  DeleteLayerVersion: notYet,
  DeleteProvisionedConcurrencyConfig: notYet,
  DeleteResourcePolicy: notYet,
  GetAccountSettings: notYet,
  GetAlias: notYet,
  GetCapacityProvider: notYet,
  GetCodeSigningConfig: notYet,
  GetDurableExecution: notYet,
  GetDurableExecutionHistory: notYet,
  GetDurableExecutionState: notYet,
  GetEventSourceMapping: notYet,
  GetFunctionCodeSigningConfig: notYet,
  GetFunctionConcurrency: notYet,
  GetFunctionEventInvokeConfig: notYet,
  GetFunctionRecursionConfig: notYet,
  GetFunctionScalingConfig: notYet,
  GetLayerVersion: notYet,
  GetLayerVersionByArn: notYet,
  GetLayerVersionPolicy: notYet,
  GetPolicy: notYet,
  GetProvisionedConcurrencyConfig: notYet,
  GetResourcePolicy: notYet,
  GetRuntimeManagementConfig: notYet,
  ListAliases: notYet,
  ListCapacityProviders: notYet,
  ListCodeSigningConfigs: notYet,
  ListDurableExecutionsByFunction: notYet,
  ListEventSourceMappings: notYet,
  ListFunctionEventInvokeConfigs: notYet,
  ListFunctionVersionsByCapacityProvider: notYet,
  ListFunctionsByCodeSigningConfig: notYet,
  ListLayerVersions: notYet,
  ListLayers: notYet,
  ListProvisionedConcurrencyConfigs: notYet,
  ListTags: notYet,
  ListVersionsByFunction: notYet,
  PublishLayerVersion: notYet,
  PublishVersion: notYet,
  PutFunctionCodeSigningConfig: notYet,
  PutFunctionConcurrency: notYet,
  PutFunctionEventInvokeConfig: notYet,
  PutFunctionRecursionConfig: notYet,
  PutFunctionScalingConfig: notYet,
  PutProvisionedConcurrencyConfig: notYet,
  PutResourcePolicy: notYet,
  PutRuntimeManagementConfig: notYet,
  RemoveLayerVersionPermission: notYet,
  RemovePermission: notYet,
  SendDurableExecutionCallbackFailure: notYet,
  SendDurableExecutionCallbackHeartbeat: notYet,
  SendDurableExecutionCallbackSuccess: notYet,
  StopDurableExecution: notYet,
  TagResource: notYet,
  UntagResource: notYet,
  UpdateAlias: notYet,
  UpdateCapacityProvider: notYet,
  UpdateCodeSigningConfig: notYet,
  UpdateEventSourceMapping: notYet,
  UpdateFunctionEventInvokeConfig: notYet,
} as const;

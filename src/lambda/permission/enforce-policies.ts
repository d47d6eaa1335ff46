/** Puts the policies of functions before the operations on them (`ENFORCE_IAM`): other accounts need to be allowed. */
import type { Call } from '../../aws/call.ts';
import { parseFunctionReference } from '../../aws/function-arn.ts';
import type { LambdaOperations } from '../../aws/generated/lambda-operations.ts';
import { type NotYet, notYet, type Operation, type OperationTable } from '../../aws/operation-table.ts';
import { accountId, scopeOf } from '../../aws/scope.ts';
import { ServiceError } from '../../aws/service-error.ts';
import { callingAccount, type GuardedResource, type ResourcePolicies, resourceArn } from './resource-policies.ts';

interface NamesFunction {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

interface NamesResource {
  readonly Resource: string;
}

type Guarded<Input, Output> = Operation<Input, Output> | NotYet;

/** @param action without `lambda:` */
type Guard = <Input extends NamesFunction, Output>(
  action: string,
  operation: Guarded<Input, Output>,
) => Guarded<Input, Output>;

/**
 * The same operations. Those that a policy can grant to another account then work on the function of that account, if
 * its policy allows it, and are refused to anybody whom a policy denies them.
 * Source: AWS Lambda Developer Guide, "Granting Lambda function access to other accounts".
 */
export function enforcePolicies(
  operations: OperationTable<LambdaOperations>,
  policies: ResourcePolicies,
): OperationTable<LambdaOperations> {
  const onFunction: Guard = (action, operation) =>
    guarded(operation, (input, call) => admitted(policies, action, input, call));
  const onResource = <Input extends NamesResource, Output>(action: string, operation: Guarded<Input, Output>) =>
    guarded(operation, ({ Resource }, call) =>
      // Resources of other kinds have no policies.
      Resource.includes(':function:') ? admitted(policies, action, { FunctionName: Resource }, call) : call,
    );
  return {
    ...operations,
    Invoke: onFunction('InvokeFunction', operations.Invoke),
    InvokeAsync: onFunction('InvokeAsync', operations.InvokeAsync),
    InvokeWithResponseStream: onFunction('InvokeFunction', operations.InvokeWithResponseStream),
    GetFunction: onFunction('GetFunction', operations.GetFunction),
    GetFunctionConfiguration: onFunction('GetFunctionConfiguration', operations.GetFunctionConfiguration),
    GetPolicy: onFunction('GetPolicy', operations.GetPolicy),
    DeleteFunction: onFunction('DeleteFunction', operations.DeleteFunction),
    UpdateFunctionCode: onFunction('UpdateFunctionCode', operations.UpdateFunctionCode),
    PublishVersion: onFunction('PublishVersion', operations.PublishVersion),
    ListVersionsByFunction: onFunction('ListVersionsByFunction', operations.ListVersionsByFunction),
    CreateAlias: onFunction('CreateAlias', operations.CreateAlias),
    GetAlias: onFunction('GetAlias', operations.GetAlias),
    ListAliases: onFunction('ListAliases', operations.ListAliases),
    UpdateAlias: onFunction('UpdateAlias', operations.UpdateAlias),
    DeleteAlias: onFunction('DeleteAlias', operations.DeleteAlias),
    ...guardedSettings(operations, onFunction),
    ListTags: onResource('ListTags', operations.ListTags),
    TagResource: onResource('TagResource', operations.TagResource),
    UntagResource: onResource('UntagResource', operations.UntagResource),
  };
}

/** Those on concurrency and on asynchronous invocation. */
const guardedSettings = (operations: OperationTable<LambdaOperations>, onFunction: Guard) =>
  ({
    PutFunctionConcurrency: onFunction('PutFunctionConcurrency', operations.PutFunctionConcurrency),
    GetFunctionConcurrency: onFunction('GetFunctionConcurrency', operations.GetFunctionConcurrency),
    DeleteFunctionConcurrency: onFunction('DeleteFunctionConcurrency', operations.DeleteFunctionConcurrency),
    PutProvisionedConcurrencyConfig: onFunction(
      'PutProvisionedConcurrencyConfig',
      operations.PutProvisionedConcurrencyConfig,
    ),
    GetProvisionedConcurrencyConfig: onFunction(
      'GetProvisionedConcurrencyConfig',
      operations.GetProvisionedConcurrencyConfig,
    ),
    ListProvisionedConcurrencyConfigs: onFunction(
      'ListProvisionedConcurrencyConfigs',
      operations.ListProvisionedConcurrencyConfigs,
    ),
    DeleteProvisionedConcurrencyConfig: onFunction(
      'DeleteProvisionedConcurrencyConfig',
      operations.DeleteProvisionedConcurrencyConfig,
    ),
    PutFunctionEventInvokeConfig: onFunction('PutFunctionEventInvokeConfig', operations.PutFunctionEventInvokeConfig),
    UpdateFunctionEventInvokeConfig: onFunction(
      'UpdateFunctionEventInvokeConfig',
      operations.UpdateFunctionEventInvokeConfig,
    ),
    GetFunctionEventInvokeConfig: onFunction('GetFunctionEventInvokeConfig', operations.GetFunctionEventInvokeConfig),
    ListFunctionEventInvokeConfigs: onFunction(
      'ListFunctionEventInvokeConfigs',
      operations.ListFunctionEventInvokeConfigs,
    ),
    DeleteFunctionEventInvokeConfig: onFunction(
      'DeleteFunctionEventInvokeConfig',
      operations.DeleteFunctionEventInvokeConfig,
    ),
  }) satisfies Partial<OperationTable<LambdaOperations>>;

const guarded = <Input, Output>(
  operation: Guarded<Input, Output>,
  admit: (input: Input, call: Call) => Call,
): Guarded<Input, Output> => (operation === notYet ? notYet : (input, call) => operation(input, admit(input, call)));

/**
 * @returns the call as the operation is to see it: in the account that owns the function
 * @throws ServiceError AccessDeniedException
 */
function admitted(policies: ResourcePolicies, action: string, input: NamesFunction, call: Call): Call {
  const reference = parseFunctionReference(input.FunctionName);
  // What is no function of this region the operation itself refuses.
  if (reference === undefined || (reference.region ?? call.scope.region) !== call.scope.region) return call;
  const account = accountId(reference.account ?? call.scope.account);
  const owner = scopeOf(account, call.scope.region);
  const resource = { owner, functionName: reference.name, qualifier: input.Qualifier ?? reference.qualifier };
  const decision = policies.decide(resource, callingAccount(call.scope), `lambda:${action}`, new Map());
  const isOwner = account === call.scope.account;
  if (decision === 'deny' || (decision === 'not-applicable' && !isOwner)) {
    throw notAuthorized(call, `lambda:${action}`, resource, decision === 'deny');
  }
  if (isOwner) return call;
  const { requestId, traceHeader } = call;
  return {
    scope: owner,
    requestId,
    traceHeader,
    get signal() {
      return call.signal;
    },
  };
}

function notAuthorized({ scope }: Call, action: string, resource: GuardedResource, denied: boolean): ServiceError {
  const user = `arn:${scope.partition}:iam::${scope.account}:root`;
  const reason = denied
    ? 'with an explicit deny in a resource-based policy'
    : `because no resource-based policy allows the ${action} action`;
  const message = `User: ${user} is not authorized to perform: ${action} on resource: ${resourceArn(resource)} ${reason}`;
  return new ServiceError('AccessDeniedException', message, { type: null, status: 403 });
}

/** The statement that AddPermission adds, with its members and conditions in AWS's order. */
import type { Scope } from '../../aws/scope.ts';
import type { LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import type { PolicyCondition, PolicyStatement } from './policy-document.ts';
import { principalElement } from './principal.ts';

type AddPermissionInput = Parameters<LambdaOperation<'AddPermission'>>[0];

/**
 * @param resource ARN of the function, version or alias
 * @throws ServiceError InvalidParameterValueException for a principal of no known form, and for conditions on function
 * URLs that do not go with the action.
 */
export function permissionStatement(scope: Scope, input: AddPermissionInput, resource: string): PolicyStatement {
  if (input.FunctionUrlAuthType !== undefined && input.Action !== 'lambda:InvokeFunctionUrl') {
    throw invalidParameterValue('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
  }
  if (input.InvokedViaFunctionUrl !== undefined && input.Action !== 'lambda:InvokeFunction') {
    throw invalidParameterValue('InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action');
  }
  const condition = conditionOf(input);
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: principalElement(scope, input.Principal),
    Action: input.Action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

function conditionOf(input: AddPermissionInput): PolicyCondition | undefined {
  const { InvokedViaFunctionUrl: viaUrl } = input;
  const operators = {
    StringEquals: {
      'AWS:SourceAccount': input.SourceAccount,
      'lambda:EventSourceToken': input.EventSourceToken,
      'aws:PrincipalOrgID': input.PrincipalOrgID,
      'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType,
    },
    Bool: { 'lambda:InvokedViaFunctionUrl': viaUrl === undefined ? undefined : String(viaUrl) },
    ArnLike: { 'AWS:SourceArn': input.SourceArn },
  };
  const given = Object.entries(operators).flatMap(([operator, keys]) => {
    const named = Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return named.length === 0 ? [] : [[operator, Object.fromEntries(named)] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** Whether the policies of a function let another AWS service invoke it. */
import { parseFunctionReference } from '../../aws/function-arn.ts';
import { accountId, region, scopeOf } from '../../aws/scope.ts';
import type { ResourcePolicies } from './resource-policies.ts';

export interface ServiceInvocation {
  readonly functionArn: string;
  /** `s3.amazonaws.com` */
  readonly principal: string;
  /** What the service has the event from; its account is the one that the policy may name. */
  readonly sourceArn: string;
}

/** @see AWS Lambda Developer Guide, "Granting Lambda function access to AWS services" */
export function mayInvoke(
  policies: ResourcePolicies,
  { functionArn, principal, sourceArn }: ServiceInvocation,
): boolean {
  const named = parseFunctionReference(functionArn);
  if (named?.account === undefined || named.region === undefined) return false;
  const owner = scopeOf(accountId(named.account), region(named.region));
  const resource = { owner, functionName: named.name, qualifier: named.qualifier };
  // The ARN of a bucket names no account: it is the function's own then.
  const sourceAccount = sourceArn.split(':')[4] || named.account;
  const context = new Map([
    ['aws:sourcearn', [sourceArn]],
    ['aws:sourceaccount', [sourceAccount]],
  ]);
  const caller = { kind: 'service', name: principal } as const;
  return policies.decide(resource, caller, 'lambda:InvokeFunction', context) === 'allow';
}

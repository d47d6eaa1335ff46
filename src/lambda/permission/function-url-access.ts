/** Whether the policies of a function let a caller use its URL. */
import type { Scope } from '../../aws/scope.ts';
import type { Caller } from './evaluate-policy.ts';
import { callingAccount, type ResourcePolicies } from './resource-policies.ts';

interface GuardedUrl {
  readonly scope: Scope;
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly authType: 'NONE' | 'AWS_IAM';
}

/** Since October 2025 a URL needs both. */
const actions = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];

/**
 * @param caller Who signed the request; a URL of AuthType NONE does not look.
 * @see AWS Lambda Developer Guide, "Control access to Lambda function URLs"
 */
export function mayUseUrl(policies: ResourcePolicies, url: GuardedUrl, caller: Scope | undefined): boolean {
  const { scope: owner, functionName, qualifier, authType } = url;
  const context = new Map([
    ['lambda:functionurlauthtype', [authType]],
    ['lambda:invokedviafunctionurl', ['true']],
  ]);
  const isOwner = authType === 'AWS_IAM' && caller?.account === owner.account;
  const who: Caller = authType === 'NONE' || caller === undefined ? { kind: 'anonymous' } : callingAccount(caller);
  return actions.every((action) => {
    const decision = policies.decide({ owner, functionName, qualifier }, who, action, context);
    // Within an account its own users' policies allow, which are not evaluated here.
    return decision === 'allow' || (isOwner && decision === 'not-applicable');
  });
}

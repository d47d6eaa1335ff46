/** Asks the policies of a function about a request: its own, and that of the version or alias that was named. */
import { formatFunctionArn } from '../../aws/function-arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { functionKey } from '../function/function-key.ts';
import type { RecordStore } from '../record-store.ts';
import { latestVersion } from '../version/version-record.ts';
import type { ConditionContext } from './evaluate-condition.ts';
import { type Caller, evaluatePolicy, type PolicyDecision } from './evaluate-policy.ts';
import type { PolicyRecord } from './policy-record.ts';

/** The function, version or alias that somebody wants to use, in its owner's scope. */
export interface GuardedResource {
  readonly owner: Scope;
  readonly functionName: string;
  readonly qualifier: string | undefined;
}

export const resourceArn = ({ owner, functionName, qualifier }: GuardedResource): string =>
  formatFunctionArn(owner, functionName, qualifier);

export class ResourcePolicies {
  readonly #policies: RecordStore<PolicyRecord>;

  constructor(policies: RecordStore<PolicyRecord>) {
    this.#policies = policies;
  }

  /** @param action `lambda:InvokeFunction` */
  decide(resource: GuardedResource, caller: Caller, action: string, context: ConditionContext): PolicyDecision {
    const { owner, functionName, qualifier } = resource;
    // The function's own policy may speak of its versions and aliases: `arn:…:function:name:*`.
    const qualifiers = new Set([latestVersion, qualifier ?? latestVersion]);
    const statements = [...qualifiers].flatMap(
      (each) => this.#policies.find(owner, functionKey(functionName, each))?.document.Statement ?? [],
    );
    return evaluatePolicy(statements, { caller, action, resource: resourceArn(resource), context });
  }
}

/** An account as a caller. Signatures name no user here, so it is the account's root that asks. */
export const callingAccount = ({ partition, account }: Scope): Caller => ({
  kind: 'account',
  account,
  arn: `arn:${partition}:iam::${account}:root`,
});

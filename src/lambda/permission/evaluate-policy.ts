/**
 * What a resource-based policy says to a request.
 * Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements reference". Policy variables are taken
 * literally.
 */
import { type ConditionContext, conditionHolds } from './evaluate-condition.ts';
import { listed, type OneOrMore, type PolicyPrincipal, type PolicyStatement } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

/** Who asks. */
export type Caller =
  | { readonly kind: 'anonymous' }
  /** @param arn of the user or role; the account's root when nothing more is known. */
  | { readonly kind: 'account'; readonly account: string; readonly arn: string }
  /** An AWS service, `s3.amazonaws.com`. */
  | { readonly kind: 'service'; readonly name: string };

export interface PolicyRequest {
  readonly caller: Caller;
  /** `lambda:InvokeFunction` */
  readonly action: string;
  /** An ARN, with the qualifier that was asked for. */
  readonly resource: string;
  readonly context: ConditionContext;
}

/** `not-applicable`: no statement speaks of the request, so something else must allow it. */
export type PolicyDecision = 'allow' | 'deny' | 'not-applicable';

/** One statement that denies outweighs all that allow; their order means nothing. */
export function evaluatePolicy(statements: readonly PolicyStatement[], request: PolicyRequest): PolicyDecision {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some(({ Effect }) => Effect === 'Deny')) return 'deny';
  return applying.length > 0 ? 'allow' : 'not-applicable';
}

function applies(statement: PolicyStatement, { caller, action, resource, context }: PolicyRequest): boolean {
  const actionMatches = (wanted: OneOrMore): boolean =>
    listed(wanted).some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));
  const resourceMatches = (wanted: OneOrMore): boolean =>
    listed(wanted).some((pattern) => matchesWildcard(pattern, resource));
  return (
    named(statement.Principal, statement.NotPrincipal, (wanted) => isAmong(caller, wanted)) &&
    named(statement.Action, statement.NotAction, actionMatches) &&
    named(statement.Resource, statement.NotResource, resourceMatches) &&
    conditionHolds(statement.Condition, context)
  );
}

/** An element, or its `Not…` form. */
function named<Value>(
  element: Value | undefined,
  excluded: Value | undefined,
  matches: (value: Value) => boolean,
): boolean {
  if (element !== undefined) return matches(element);
  return excluded !== undefined && !matches(excluded);
}

function isAmong(caller: Caller, wanted: PolicyPrincipal): boolean {
  if (wanted === '*') return true;
  const accounts = listed(wanted['AWS']);
  if (accounts.includes('*')) return true;
  switch (caller.kind) {
    case 'anonymous':
      return false;
    case 'account':
      return accounts.some((principal) => namesAccount(principal, caller.account) || principal === caller.arn);
    case 'service':
      return listed(wanted['Service']).includes(caller.name);
  }
}

/** The root stands for everyone in its account, and so does the account's number. */
const namesAccount = (principal: string, account: string): boolean =>
  principal === account || (/^arn:aws[a-z-]*:iam::\d{12}:root$/.test(principal) && principal.split(':')[4] === account);

/** Who beside its owner may use a layer version. */
import type { AccountId } from '../../aws/scope.ts';
import type { RevisionId } from '../version/version-record.ts';

export interface LayerPolicy {
  /** Of the policy alone: a new one with each change. */
  readonly revisionId: RevisionId;
  /** At least one, in the order in which they were added. */
  readonly statements: readonly LayerStatement[];
}

export interface LayerStatement {
  readonly sid: string;
  /** `*`, an account's number, or the ARN of its root. */
  readonly principal: string;
  readonly organizationId: string | undefined;
}

/** The one action that a layer's policy can allow. */
export const layerAction = 'lambda:GetLayerVersion';

/**
 * Whether the policy lets another account use the layer version. Nothing here knows organizations: every account counts
 * as a member of the one that a statement names.
 */
export const allowsAccount = (policy: LayerPolicy | undefined, account: AccountId): boolean =>
  policy?.statements.some(({ principal }) => principal === '*' || accountOf(principal) === account) === true;

/** The policy as one JSON text, in AWS's order of members. */
export const policyDocument = (policy: LayerPolicy, resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'default',
    Statement: policy.statements.map((statement) => statementDocument(statement, resource)),
  });

/** @see AWS Lambda API reference, AddLayerVersionPermission */
export function statementDocument({ sid, principal, organizationId }: LayerStatement, resource: string) {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: principalArn(principal, resource) },
    Action: layerAction,
    Resource: resource,
    ...(organizationId === undefined ? {} : { Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } } }),
  };
}

const accountOf = (principal: string): string => /\d{12}/.exec(principal)?.[0] ?? principal;

const principalArn = (principal: string, resource: string): string =>
  principal.startsWith('arn:') ? principal : `arn:${resource.split(':')[1] ?? 'aws'}:iam::${principal}:root`;

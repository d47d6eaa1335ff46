/** Resource-based policies as JSON documents. Source: IAM User Guide, "IAM JSON policy elements reference". */

/** IAM takes a lone value for a list of one. */
export type OneOrMore<Value = string> = Value | readonly Value[];

/** `*` for everyone, or lists by kind: `AWS` (accounts, users, roles), `Service`, `Federated`, `CanonicalUser`. */
export type PolicyPrincipal = '*' | Readonly<Record<string, OneOrMore>>;

/** Operator to condition key to values: all operators and keys must hold, one of the values is enough. */
export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, OneOrMore<string | number | boolean>>>>>;

/** The order of its members is that in which AWS prints them. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PolicyPrincipal;
  readonly NotPrincipal?: PolicyPrincipal;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: PolicyCondition;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly PolicyStatement[];
}

/** What AddPermission starts from. */
export const emptyPolicy: PolicyDocument = { Version: '2012-10-17', Id: 'default', Statement: [] };

export const listed = <Value>(values: OneOrMore<Value> | undefined): readonly Value[] => {
  if (values === undefined) return [];
  return isList(values) ? values : [values];
};

const isList = <Value>(values: OneOrMore<Value>): values is readonly Value[] => Array.isArray(values);

/** The names and ARNs of functions, as callers may write them and as Lambda writes them. */
import type { Scope } from './scope.ts';

/** A function as a caller may write it: a name, a partial ARN or an ARN, each perhaps with a qualifier. */
export interface FunctionReference {
  /** Absent where the caller wrote none. */
  readonly partition: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly name: string;
  /** A version, `$LATEST` or an alias. */
  readonly qualifier: string | undefined;
}

/**
 * The grammar of Lambda's own `FunctionName` pattern, so an ARN that ends with `:function` names a function called
 * "function". Where a qualifier is not allowed, the caller refuses it.
 * @returns Nothing for what the pattern does not accept.
 * @see AWS Lambda API reference, Invoke, FunctionName
 */
export function parseFunctionReference(text: string): FunctionReference | undefined {
  const match = functionReference.exec(text);
  if (match?.groups === undefined) return undefined;
  const { arn, partition, region, account, name = '', qualifier } = match.groups;
  return { partition: arn === undefined ? undefined : (partition ?? 'aws'), region, account, name, qualifier };
}

const functionReference = new RegExp(
  '^(?<arn>arn:(?<partition>aws[a-zA-Z-]*)?:lambda:)?' +
    '(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\\d):)?' +
    '(?:(?<account>\\d{12}):)?' +
    '(?:function:)?' +
    '(?<name>[a-zA-Z0-9-_.]+)' +
    '(?::(?<qualifier>\\$LATEST(?:\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$',
);

/** `arn:<partition>:lambda:<region>:<account>:function:<name>`, with `:<qualifier>` when one is given. */
export const formatFunctionArn = ({ partition, account, region }: Scope, name: string, qualifier?: string): string =>
  `arn:${partition}:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`;

/** The function that a mapping is for, as a request names it. */
import { addressFunction, qualifiedArn } from '../function/function-address.ts';
import { functionKey } from '../function/function-key.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { latestVersion } from '../version/version-record.ts';
import type { MappedFunction } from './event-source-mapping-record.ts';

/**
 * Its ARN has the version or alias that the request names; `$LATEST` only if the request does so without a full ARN.
 * @throws ServiceError InvalidParameterValueException when there is no such function, version or alias.
 */
export function requireMappedFunction(text: string, call: LambdaCall): MappedFunction {
  const target = namedFunction(text, call);
  if (!exists(target, call)) throw invalidParameterValue('Function does not exist');
  return target;
}

/** Whether there is one or not. */
export function namedFunction(text: string, { scope }: LambdaCall): MappedFunction {
  const { name, arn, qualifier } = addressFunction(scope, text);
  const latest = qualifier === latestVersion;
  return {
    name,
    qualifier: latest ? undefined : qualifier,
    arn: latest && text.startsWith('arn:') ? arn : qualifiedArn(arn, qualifier),
  };
}

function exists({ name, qualifier }: MappedFunction, { scope, functions, stores }: LambdaCall): boolean {
  if (functions.find(scope, name) === undefined) return false;
  return (
    qualifier === undefined ||
    functions.findVersion(scope, name, qualifier) !== undefined ||
    stores.aliases.find(scope, functionKey(name, qualifier)) !== undefined
  );
}

export const isSameFunction = (one: MappedFunction, other: MappedFunction): boolean =>
  one.name === other.name && one.qualifier === other.qualifier;

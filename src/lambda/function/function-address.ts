/** A function as the caller reaches it: checked to be in the caller's own account and region. */
import { formatFunctionArn, parseFunctionReference } from '../../aws/function-arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { validationException } from '../../aws/service-error.ts';
import { accessDenied, invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import type { FunctionArn, FunctionName } from './function-version.ts';

export interface FunctionAddress {
  readonly name: FunctionName;
  /** Without a qualifier. */
  readonly arn: FunctionArn;
  readonly qualifier: string | undefined;
}

/** The ARN with its qualifier, when there is one. */
export const qualifiedArn = (arn: FunctionArn, qualifier: string | undefined): string =>
  qualifier === undefined ? arn : `${arn}:${qualifier}`;

/**
 * Reads the FunctionName and Qualifier parameters together.
 * @throws ServiceError ResourceNotFoundException for a function of another region, AccessDeniedException for one of
 * another account, InvalidParameterValueException for two qualifiers that differ.
 */
export function addressFunction(scope: Scope, text: string, qualifier?: string): FunctionAddress {
  const reference = parseFunctionReference(text);
  if (reference === undefined) {
    throw validationException(
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must be a function name or ARN`,
    );
  }
  if (reference.region !== undefined && reference.region !== scope.region) {
    throw resourceNotFound(`Functions from '${reference.region}' are not reachable in this region ('${scope.region}')`);
  }
  if (reference.account !== undefined && reference.account !== scope.account) throw accessDenied();
  if (reference.qualifier !== undefined && qualifier !== undefined && reference.qualifier !== qualifier) {
    throw invalidParameterValue('The derived qualifier from the function name does not match the specified qualifier.');
  }
  return {
    name: reference.name as FunctionName,
    arn: formatFunctionArn(scope, reference.name) as FunctionArn,
    qualifier: qualifier ?? reference.qualifier,
  };
}

/** Shows an alias. */
import type { LambdaOperation } from '../lambda-call.ts';
import { aliasOutput } from './alias-output.ts';
import { requireAlias } from './require-alias.ts';

/**
 * `GetAlias`.
 * @throws ServiceError ResourceNotFoundException.
 * @see AWS Lambda API reference, GetAlias
 */
export const getAlias: LambdaOperation<'GetAlias'> = (input, call) => {
  const { functionArn, alias } = requireAlias(input, call, 'Cannot find alias arn');
  return aliasOutput(functionArn, alias);
};

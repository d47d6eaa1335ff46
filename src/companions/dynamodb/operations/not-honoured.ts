/** Refuses what would have to be ignored. */
import { ServiceError } from '../../../aws/service-error.ts';

/** @throws ServiceError 501 that names the first of the members that the input has */
export function refuseMembers(operation: string, input: object, names: readonly string[]): void {
  const named = names.find((name) => (input as Readonly<Record<string, unknown>>)[name] !== undefined);
  if (named === undefined) return;
  throw new ServiceError(
    'NotImplemented',
    `${named} of ${operation} of dynamodb is not implemented in this version of lambdad.`,
    { status: 501 },
  );
}

/** The errors that Lambda's own operations answer with, by name: AWS's codes and, where they are fixed, AWS's sentences. */
import { ServiceError } from '../aws/service-error.ts';

export const invalidParameterValue = (message: string): ServiceError =>
  new ServiceError('InvalidParameterValueException', message);

export const resourceNotFound = (message: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', message);

export const resourceConflict = (message: string): ServiceError =>
  new ServiceError('ResourceConflictException', message);

/** `arn` as AWS prints it there: with the qualifier that was asked for, `:$LATEST` for Invoke without one. */
export const functionNotFound = (arn: string): ServiceError => resourceNotFound(`Function not found: ${arn}`);

/** The caller's RevisionId is not the current one; `source` is where AWS says that it can be read. */
export const revisionMismatch = (
  source: 'GetFunction/GetAlias' | 'GetPolicy' | 'GetLayerPolicy' | 'GetResourcePolicy' = 'GetFunction/GetAlias',
): ServiceError =>
  new ServiceError(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${source} API to retrieve the latest Revision Id`,
  );

/** What AWS says to another account: nothing. The empty message goes out as a null one. */
export const accessDenied = (): ServiceError =>
  new ServiceError('AccessDeniedException', '', { type: null, status: 403 });

export const requestEntityTooLarge = (message: string): ServiceError =>
  new ServiceError('RequestEntityTooLargeException', message, { type: null, status: 413 });

export const codeStorageExceeded = (): ServiceError =>
  new ServiceError('CodeStorageExceededException', 'Code storage limit exceeded.');

/** The function is not in a state in which it can be invoked or changed; `state` as the API names it. */
export const notInState = (state: string): ServiceError =>
  resourceConflict(
    `The operation cannot be performed at this time. The function is currently in the following state: ${state}`,
  );

export const updateInProgress = (functionArn: string): ServiceError =>
  resourceConflict(
    `The operation cannot be performed at this time. An update is in progress for resource: ${functionArn}`,
  );

/** An operation on whole functions was given a version or an alias. */
export const qualifierNotPermitted = (): ServiceError =>
  invalidParameterValue(
    'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
  );

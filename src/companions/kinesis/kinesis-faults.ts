/**
 * The refusals of Kinesis, as it words them. Sources: the API reference, and messages that its users have quoted in public
 * issues of its client libraries.
 */
import type { Scope } from '../../aws/scope.ts';
import { ServiceError } from '../../aws/service-error.ts';

export const invalidArgument = (message: string): ServiceError => new ServiceError('InvalidArgumentException', message);

export const notFound = (message: string): ServiceError => new ServiceError('ResourceNotFoundException', message);

export const inUse = (message: string): ServiceError => new ServiceError('ResourceInUseException', message);

export const limitExceeded = (message: string): ServiceError => new ServiceError('LimitExceededException', message);

export const streamNotFound = (name: string, { account }: Scope): ServiceError =>
  notFound(`Stream ${name} under account ${account} not found.`);

/** Of the answer to `DryRun`. */
export const wouldHaveSucceeded = (): ServiceError =>
  new ServiceError('DryRunOperationException', 'Request would have succeeded, but DryRun flag is set.');

export const onDemandRefused = (operation: string): ServiceError =>
  new ServiceError(
    'ValidationException',
    `${operation} is not supported for streams with the on-demand capacity mode.`,
  );

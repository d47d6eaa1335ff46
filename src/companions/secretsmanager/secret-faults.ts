/** The refusals of Secrets Manager, as it words them. */
import { ServiceError } from '../../aws/service-error.ts';

export const secretNotFound = (): ServiceError =>
  new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");

export const valueNotFound = (by: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${by}`);

export const secretExists = (name: string): ServiceError =>
  new ServiceError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);

export const tokenInUse = (token: string, arn: string): ServiceError =>
  new ServiceError(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
  );

export const markedForDeletion = (): ServiceError =>
  new ServiceError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );

export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', message);

export const invalidRequest = (message: string): ServiceError => new ServiceError('InvalidRequestException', message);

/** The refusals of KMS, as it words them. */
import { ServiceError } from '../../aws/service-error.ts';

export const notFound = (message: string): ServiceError => new ServiceError('NotFoundException', message);

export const keyDisabled = (arn: string): ServiceError => new ServiceError('DisabledException', `${arn} is disabled.`);

export const keyPendingDeletion = (arn: string): ServiceError =>
  new ServiceError('KMSInvalidStateException', `${arn} is pending deletion.`);

/** KMS says nothing more: what is wrong with a ciphertext is nobody's business. */
export const invalidCiphertext = (): ServiceError => new ServiceError('InvalidCiphertextException', '');

export const incorrectKey = (): ServiceError =>
  new ServiceError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );

export const kmsValidation = (message: string): ServiceError => new ServiceError('ValidationException', message);

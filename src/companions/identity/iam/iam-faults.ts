/** The refusals of IAM, as it words them. */
import { ServiceError } from '../../../aws/service-error.ts';

export const noSuchEntity = (message: string): ServiceError => new ServiceError('NoSuchEntityException', message);

export const alreadyExists = (message: string): ServiceError =>
  new ServiceError('EntityAlreadyExistsException', message);

export const deleteConflict = (message: string): ServiceError => new ServiceError('DeleteConflictException', message);

export const limitExceeded = (message: string): ServiceError => new ServiceError('LimitExceededException', message);

/** @throws ServiceError for what is no policy in JSON */
export function checkDocument(text: string): void {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && 'Statement' in document) return;
  } catch {
    throw new ServiceError('MalformedPolicyDocumentException', 'This policy contains invalid Json');
  }
  throw new ServiceError('MalformedPolicyDocumentException', 'Syntax errors in policy.');
}

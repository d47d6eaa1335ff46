/** The refusals of Parameter Store, as it words them. */
import { ServiceError } from '../../aws/service-error.ts';

/** AWS says nothing more. */
export const parameterNotFound = (): ServiceError => new ServiceError('ParameterNotFound', '');

export const versionNotFound = (selector: string): ServiceError =>
  new ServiceError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${selector}. Verify the version and try again.`,
  );

export const invalidInput = (message: string): ServiceError => new ServiceError('ValidationException', message);

export const invalidResource = (): ServiceError => new ServiceError('InvalidResourceId', '');

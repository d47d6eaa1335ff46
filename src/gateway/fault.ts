/** The one place where an error becomes the answer to an API call. */
import type { EncodedResponse } from '../aws/protocol/encoded-response.ts';
import type { RestJsonService } from '../aws/protocol/rest-json/rest-json-service.ts';
import { BodyIncomplete, BodyTooLarge } from '../aws/request-body.ts';
import { ServiceError } from '../aws/service-error.ts';
import type { Logger } from '../kernel/logger.ts';

export interface FaultSource {
  readonly service: RestJsonService;
  readonly operation: string;
  readonly requestId: string;
  readonly logger: Logger;
}

/** @returns nothing when nobody is left to be answered */
export function faultResponse(error: unknown, source: FaultSource): EncodedResponse | undefined {
  if (error instanceof BodyIncomplete) return undefined;
  return source.service.encodeError(serviceErrorOf(error, source));
}

function serviceErrorOf(error: unknown, { operation, requestId, logger }: FaultSource): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof BodyTooLarge) return tooLarge(error, operation);
  logger.error(`${operation} failed, and it is the daemon's fault`, { requestId, error });
  return new ServiceError(
    'ServiceException',
    `An internal error occurred. The daemon's log has it under ${requestId}.`,
    {
      type: 'Service',
      cause: error,
    },
  );
}

function tooLarge({ limit }: BodyTooLarge, operation: string): ServiceError {
  if (operation === 'Invoke') {
    const text = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
    return new ServiceError('RequestTooLargeException', text);
  }
  return new ServiceError(
    'RequestEntityTooLargeException',
    `Request must be smaller than ${limit} bytes for the ${operation} operation`,
    { type: null, status: 413 },
  );
}

export const unknownOperation = (): ServiceError =>
  new ServiceError('UnknownOperationException', '', { type: null, status: 404 });

export const notImplemented = (operation: string): ServiceError =>
  new ServiceError('NotImplementedException', `${operation} is not implemented in this version of lambdad.`, {
    type: null,
    status: 501,
  });

export const foreignRequest = (what: 'Host' | 'Origin', value: string | undefined): ServiceError =>
  new ServiceError(
    'AccessDeniedException',
    what === 'Host'
      ? `The host name ${JSON.stringify(value)} is not one of this daemon's. Use localhost, or set LOCALSTACK_HOST to it.`
      : `Pages of ${JSON.stringify(value ?? 'another site')} may not call this API. List the origin in EXTRA_CORS_ALLOWED_ORIGINS to allow it.`,
    { type: null, status: 403 },
  );

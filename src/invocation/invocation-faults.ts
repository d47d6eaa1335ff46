/** The errors of Invoke, in AWS's words. Source: Lambda API reference, Invoke, "Errors". */
import { ServiceError } from '../aws/service-error.ts';
import type { Seconds } from '../kernel/quantity.ts';
import type { ThrottleReason } from './invocation-outcome.ts';
import type { JsonFault } from './json-payload.ts';

export const invalidRequestContent = (message: string): ServiceError =>
  new ServiceError('InvalidRequestContentException', message);

export const payloadIsNotJson = ({ reason, line, column }: JsonFault): ServiceError =>
  invalidRequestContent(
    `Could not parse request body into json: Could not parse payload into json: ${reason}\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}]`,
  );

export const requestTooLarge = (limit: number): ServiceError =>
  new ServiceError(
    'RequestTooLargeException',
    `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
  );

export const rateExceeded = (reason: ThrottleReason, retryAfter: Seconds): ServiceError =>
  new ServiceError('TooManyRequestsException', 'Rate Exceeded.', {
    members: { Reason: reason },
    headers: { 'Retry-After': String(retryAfter) },
  });

export const notRestored = (reason: 'hook-failed' | 'timed-out'): ServiceError =>
  reason === 'timed-out'
    ? new ServiceError('SnapStartTimeoutException', "Lambda couldn't restore the snapshot within the timeout limit.")
    : new ServiceError(
        'SnapStartException',
        'The afterRestore() runtime hook encountered an error. For more information, check the Amazon CloudWatch logs.',
      );

export const shuttingDown = (): ServiceError =>
  new ServiceError('ServiceException', 'The daemon is shutting down: the invocation was ended.', { type: 'Service' });

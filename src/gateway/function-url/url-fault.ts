/** What a URL answers when the function does not: one place that words it. */

import { BodyIncomplete, BodyTooLarge } from '../../aws/request-body.ts';
import { ServiceError } from '../../aws/service-error.ts';
import { SignatureFault } from '../../aws/sigv4/signature-fault.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { WireResponse } from '../wire-response.ts';
import { InvalidUrlAnswer } from './url-answer.ts';

const jsonAnswer = (status: number, body: object, errorType: string): WireResponse => ({
  status,
  headers: ['Content-Type', 'application/json', 'x-amzn-ErrorType', errorType],
  body: Buffer.from(JSON.stringify(body)),
});

/** There is no such URL. */
export const accessDenied = jsonAnswer(403, { Message: null }, 'AccessDeniedException');

/** The caller may not use it, or what it belongs to is gone. */
export const forbidden = jsonAnswer(
  403,
  {
    Message:
      'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  },
  'AccessDeniedException',
);

export const throttled = jsonAnswer(429, { Message: 'Rate Exceeded.' }, 'TooManyRequestsException');

/** The function failed. */
export const internalError: WireResponse = {
  status: 502,
  headers: ['Content-Type', 'application/json'],
  body: Buffer.from('Internal Server Error'),
};

/** @returns nothing when nobody is there any more to be answered */
export function urlFault(error: unknown, logger: Logger): WireResponse | undefined {
  if (error instanceof BodyIncomplete) return undefined;
  if (error instanceof BodyTooLarge) {
    return jsonAnswer(413, { Message: 'Request Too Long' }, 'RequestEntityTooLargeException');
  }
  if (error instanceof SignatureFault) return jsonAnswer(403, { message: error.message }, error.code);
  if (error instanceof InvalidUrlAnswer) {
    logger.warn(`a function URL answered 502: ${error.message}`);
    return internalError;
  }
  if (error instanceof ServiceError) {
    const notThere = error.code === 'ResourceNotFoundException';
    return notThere ? forbidden : jsonAnswer(502, { Message: error.message }, error.code);
  }
  logger.error('a function URL failed', { error });
  return internalError;
}

/** The error that a runtime reports behind an answer that it had begun to send. */
import type { IncomingMessage } from 'node:http';

export interface ReportedError {
  readonly errorType: string;
  /** JSON. */
  readonly payload: Buffer;
}

const typeTrailer = 'lambda-runtime-function-error-type';
const bodyTrailer = 'lambda-runtime-function-error-body';

/** Trailers are there once the body has ended. The body of the error is JSON in base64. */
export function trailerError({ trailers }: IncomingMessage): ReportedError | undefined {
  const errorType = trailers[typeTrailer];
  if (errorType === undefined || errorType === '') return undefined;
  const body = trailers[bodyTrailer];
  const payload = body === undefined ? Buffer.from(JSON.stringify({ errorType })) : Buffer.from(body, 'base64');
  return { errorType, payload };
}

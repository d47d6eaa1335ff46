/** An error that the gateway itself answers, in the form that the client of whichever service can read. */
import type { IncomingMessage } from 'node:http';
import type { EncodedResponse } from '../../aws/protocol/encoded-response.ts';
import { xmlText } from '../../aws/protocol/xml/xml-text.ts';

export interface FrontFault {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** JSON for whoever speaks it, XML for all others. @param service that the request is for, where that is known */
export function frontFault(
  { code, status, message }: FrontFault,
  request: IncomingMessage,
  service?: string,
): EncodedResponse {
  const { headers } = request;
  const speaksJson = headers['x-amz-target'] !== undefined || headers['content-type']?.includes('json') === true;
  if (speaksJson) {
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: Buffer.from(JSON.stringify({ __type: code, message })),
    };
  }
  // Alone among services in XML, S3 has nothing around its errors.
  if (service === 's3') {
    const error = `<Error><Code>${code}</Code><Message>${xmlText(message)}</Message></Error>`;
    return {
      status,
      headers: { 'content-type': 'application/xml' },
      body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${error}`),
    };
  }
  const type = status < 500 ? 'Sender' : 'Receiver';
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${xmlText(message)}</Message></Error>`;
  return {
    status,
    headers: { 'content-type': 'text/xml' },
    body: Buffer.from(`<?xml version="1.0"?>\n<ErrorResponse>${error}</ErrorResponse>\n`),
  };
}

/** An error that the gateway itself answers, in the form that the client of whichever service can read. */
import type { IncomingMessage } from 'node:http';
import type { EncodedResponse } from '../../aws/protocol/encoded-response.ts';
import { xmlText } from '../../aws/protocol/xml/xml-text.ts';

/** JSON for whoever speaks it, XML for all others. */
export function frontFault(code: string, status: number, message: string, request: IncomingMessage): EncodedResponse {
  const { headers } = request;
  const speaksJson = headers['x-amz-target'] !== undefined || headers['content-type']?.includes('json') === true;
  if (speaksJson) {
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
      body: Buffer.from(JSON.stringify({ __type: code, message })),
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

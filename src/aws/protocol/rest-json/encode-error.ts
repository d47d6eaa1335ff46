/** From an error of the service to the response that AWS's clients recognise it by. */
import type { ServiceError } from '../../service-error.ts';
import type { ErrorRow, ServiceTable } from '../../service-table.ts';
import type { EncodedResponse } from '../encoded-response.ts';

/** Errors that no model holds: the caller's fault unless they say otherwise. */
const unmodelled: ErrorRow = { status: 400, message: 'message' };

/**
 * The name goes into `x-amzn-ErrorType`, the text under `message` or `Message` as the model has it. An empty text becomes
 * `null`, as AWS sends it where it says nothing.
 */
export function encodeError(table: ServiceTable, error: ServiceError): EncodedResponse {
  const { type = 'User', members = {}, status, headers: further = {} } = error.options;
  const row = table.errors[error.code] ?? unmodelled;
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-amzn-errortype': error.code };
  const body: Record<string, unknown> = {};
  if (type !== null) body['Type'] = type;
  body[row.message] = error.message === '' ? null : error.message;
  for (const [name, value] of Object.entries(members)) {
    const header = row.headers?.[name];
    if (header === undefined) body[name] = value;
    else headers[header.toLowerCase()] = String(value);
  }
  for (const [name, value] of Object.entries(further)) headers[name.toLowerCase()] = value;
  return { status: status ?? row.status, headers, body: Buffer.from(JSON.stringify(body)) };
}

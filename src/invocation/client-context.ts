/** `X-Amz-Client-Context`: base64 of a JSON object for the handler's context. Source: Lambda API reference, Invoke. */
import { invalidRequestContent } from './invocation-faults.ts';

/** Of the header's value. */
const longestClientContext = 3583;

/** @throws ServiceError InvalidRequestContentException */
export function clientContextOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (header.length > longestClientContext) {
    throw invalidRequestContent(`Client context must be at most ${longestClientContext} bytes of base64.`);
  }
  try {
    const value: unknown = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
    // Written anew, so that what goes into the runtime's header is ASCII on one line.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return asciiJson(value);
  } catch {
    // Not JSON: the same answer as for JSON that is no object.
  }
  throw invalidRequestContent('Client context must be a valid Base64-encoded JSON object.');
}

const asciiJson = (value: object): string =>
  JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

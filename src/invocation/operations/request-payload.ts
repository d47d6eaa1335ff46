/** The event of an invocation, as it came with the request. */
import type { Bytes } from '../../kernel/quantity.ts';
import { payloadIsNotJson, requestTooLarge } from '../invocation-faults.ts';
import { jsonFaultOf } from '../json-payload.ts';

const emptyEvent = Buffer.from('{}');

/**
 * The payload is passed on as it is; nothing stands for the empty object.
 * @throws ServiceError RequestTooLargeException, InvalidRequestContentException
 */
export function requestPayload(given: Uint8Array | undefined, limit: Bytes): Buffer {
  if (given === undefined || given.length === 0) return emptyEvent;
  if (given.length > limit) throw requestTooLarge(limit);
  const payload = Buffer.isBuffer(given) ? given : Buffer.from(given);
  const fault = jsonFaultOf(payload);
  if (fault !== undefined) throw payloadIsNotJson(fault);
  return payload;
}

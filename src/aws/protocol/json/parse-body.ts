/** From the bytes of a body to a JSON value. */
import { serializationException } from '../serialization-exception.ts';

/** Making one takes longer than most bodies do to be decoded. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * An empty body is an empty object, as AWS reads it.
 * @throws ServiceError SerializationException for anything that is not JSON in UTF-8.
 */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(utf8.decode(body));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw serializationException(`Could not parse the request body as JSON: ${reason}`, cause);
  }
}

/** What a message's text may hold. */
import { ServiceError } from '../../../aws/service-error.ts';

/** @see Amazon SQS API reference, SendMessage: the characters of XML 1.0 */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export const isAllowedText = (text: string): boolean => !forbidden.test(text);

/** @throws ServiceError InvalidMessageContents */
export function checkText(text: string): void {
  const found = forbidden.exec(text)?.[0]?.codePointAt(0);
  if (found === undefined) return;
  throw new ServiceError(
    'InvalidMessageContents',
    `Invalid binary character '#x${found.toString(16)}' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF`,
  );
}

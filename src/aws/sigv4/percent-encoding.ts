/** Percent-encoding as Signature Version 4 has it: every byte but the unreserved characters of RFC 3986. */

const unreserved = /[A-Za-z0-9\-._~]/;

const encodedBytes: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/** @param keep Characters that stay as they are, although reserved. */
export function encodeBytes(bytes: Buffer, keep = ''): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    text += keep.includes(character) ? character : encodedBytes[byte];
  }
  return text;
}

/**
 * What a part of a query stands for, in bytes: they need not be UTF-8. A plus sign is a space; a percent sign that
 * starts no code is itself.
 * @param text One character per byte.
 */
export function decodeQueryPart(text: string): Buffer {
  const decoded = text
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(decoded, 'latin1');
}

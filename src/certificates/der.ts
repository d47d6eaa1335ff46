/**
 * Writes DER, the form that certificates have.
 * @see ITU-T X.690
 */

/** One value: its tag, its length, its content. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), derLength(content.length), content]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...parts);
export const octetString = (content: Uint8Array): Buffer => der(0x04, content);
export const utf8String = (text: string): Buffer => der(0x0c, Buffer.from(text));
export const boolean = (value: boolean): Buffer => der(0x01, Buffer.of(value ? 0xff : 0));

/** A member that its number names; `constructed` when it holds other values. */
export const tagged = (number: number, content: Uint8Array, constructed: boolean): Buffer =>
  der((constructed ? 0xa0 : 0x80) | number, content);

/** @param unused how many bits at the end of the last byte mean nothing */
export const bitString = (content: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.of(unused), content);

/** @param magnitude of a number that is not negative, most significant byte first */
export function integer(magnitude: Uint8Array): Buffer {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start += 1;
  const bytes = magnitude.subarray(start);
  // A first bit that is set would mean a negative number.
  return der(0x02, ((bytes[0] ?? 0) & 0x80) === 0 ? Buffer.alloc(0) : Buffer.of(0), bytes);
}

/** @param text numbers with dots between them */
export function objectIdentifier(text: string): Buffer {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...others].flatMap(base128)));
}

/**
 * A time to the second.
 * @param iso as in `2026-01-31T12:00:00.000Z`
 */
export function time(iso: string): Buffer {
  const digits = iso.replace(/\.\d+Z$/, '').replaceAll(/\D/g, '');
  // Certificates write the years until 2049 with two digits.
  return Number(digits.slice(0, 4)) < 2050
    ? der(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : der(0x18, Buffer.from(`${digits}Z`));
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.of(0x80 | bytes.length, ...bytes);
}

function base128(number: number): readonly number[] {
  const bytes = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest % 128) | 0x80);
  }
  return bytes;
}

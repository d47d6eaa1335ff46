/** The part of an object that a `Range` header asks for. */
import { invalidRange } from '../s3-error.ts';

export interface ByteRange {
  readonly start: number;
  readonly length: number;
}

const one = /^bytes=(\d*)-(\d*)$/;

/**
 * @returns nothing for a header that asks for the whole: several ranges, and what is no range, do that too
 * @throws ServiceError InvalidRange for one that begins behind the end
 * @see RFC 9110, section 14.1.2
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = one.exec(header ?? '') ?? [];
  if (header === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    if (length === 0) throw invalidRange(header, size);
    return { start: size - length, length };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= size) throw invalidRange(header, size);
  return { start, length: end - start + 1 };
}

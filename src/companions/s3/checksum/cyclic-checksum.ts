/**
 * Cyclic redundancy checks of 32 and 64 bits, eight bytes at a time. Node.js has CRC-32 alone.
 * Both are reflected, begin with all ones and end with all bits turned, as their definitions say
 * (RFC 3720 for CRC-32C, the NVM Express specification for CRC-64/NVME).
 */
import { kept } from '../../../kernel/kept.ts';

export interface Polynomial {
  readonly width: 32 | 64;
  /** Reflected: the lowest bit is the highest power. */
  readonly value: bigint;
}

export const crc32Polynomial: Polynomial = { width: 32, value: 0xedb88320n };
export const crc32cPolynomial: Polynomial = { width: 32, value: 0x82f63b78n };
export const crc64NvmePolynomial: Polynomial = { width: 64, value: 0x9a6c9329ac4bc9b5n };

/** For each byte at each of eight distances from the end, what it does to the remainder; in halves of 32 bits. */
interface Tables {
  readonly low: Int32Array;
  readonly high: Int32Array;
}

const made = new Map<Polynomial, Tables>();

function makeTables({ value }: Polynomial): Tables {
  const low = new Int32Array(8 * 256);
  const high = new Int32Array(8 * 256);
  const first: bigint[] = [];
  for (let byte = 0; byte < 256; byte++) {
    let remainder = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) remainder = (remainder & 1n) === 1n ? (remainder >> 1n) ^ value : remainder >> 1n;
    first.push(remainder);
  }
  for (let byte = 0; byte < 256; byte++) {
    let remainder = BigInt(byte);
    for (let distance = 0; distance < 8; distance++) {
      remainder = (remainder >> 8n) ^ (first[Number(remainder & 0xffn)] ?? 0n);
      low[distance * 256 + byte] = Number(BigInt.asIntN(32, remainder));
      high[distance * 256 + byte] = Number(BigInt.asIntN(32, remainder >> 32n));
    }
  }
  return { low, high };
}

export class CyclicChecksum {
  readonly #tables: Tables;
  readonly #width: 32 | 64;
  #low = -1;
  #high: number;

  constructor(polynomial: Polynomial) {
    this.#tables = kept(made, polynomial, () => makeTables(polynomial));
    this.#width = polynomial.width;
    this.#high = polynomial.width === 64 ? -1 : 0;
  }

  update(bytes: Buffer): void {
    const { low: lowTable, high: highTable } = this.#tables;
    let [low, high] = [this.#low, this.#high];
    let at = 0;
    const isWide = this.#width === 64;
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const last = bytes.length - 8; at <= last; at += 8) {
      // The remainder of 32 bits has no upper half: what comes there is the message alone.
      const a = low ^ words.getInt32(at, true);
      const b = high ^ words.getInt32(at + 4, true);
      low = eight(lowTable, a, b);
      if (isWide) high = eight(highTable, a, b);
    }
    for (; at < bytes.length; at++) {
      const index = (low ^ (bytes[at] ?? 0)) & 255;
      const shifted = (low >>> 8) | (high << 24);
      low = shifted ^ (lowTable[index] ?? 0);
      high = (high >>> 8) ^ (highTable[index] ?? 0);
    }
    [this.#low, this.#high] = [low, high];
  }

  /** In network order. */
  digest(): Buffer {
    const bytes = Buffer.alloc(this.#width / 8);
    bytes.writeInt32BE(~this.#low, bytes.length - 4);
    if (this.#width === 64) bytes.writeInt32BE(~this.#high, 0);
    return bytes;
  }
}

/** What eight bytes do to the remainder, the first of them at the greatest distance. */
const eight = (table: Int32Array, a: number, b: number): number =>
  (table[(a & 255) + 1792] ?? 0) ^
  (table[((a >>> 8) & 255) + 1536] ?? 0) ^
  (table[((a >>> 16) & 255) + 1280] ?? 0) ^
  (table[(a >>> 24) + 1024] ?? 0) ^
  (table[(b & 255) + 768] ?? 0) ^
  (table[((b >>> 8) & 255) + 512] ?? 0) ^
  (table[((b >>> 16) & 255) + 256] ?? 0) ^
  (table[b >>> 24] ?? 0);

/** The checksum of two messages one after the other, from those of each and the length of the second. */
export function combinedChecksum(polynomial: Polynomial, first: Buffer, second: Buffer, secondLength: number): Buffer {
  const { width } = polynomial;
  let power = 1n << BigInt(width - 1); // one
  let square = 1n << BigInt(width - 2); // x, squared again and again
  for (let bits = BigInt(secondLength) * 8n; bits > 0n; bits >>= 1n) {
    if ((bits & 1n) === 1n) power = product(polynomial, power, square);
    square = product(polynomial, square, square);
  }
  const sum = product(polynomial, power, toNumber(first)) ^ toNumber(second);
  return Buffer.from(sum.toString(16).padStart(width / 4, '0'), 'hex');
}

const toNumber = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/** Of two remainders as polynomials; the highest bit stands for one. */
function product({ width, value }: Polynomial, a: bigint, b: bigint): bigint {
  let sum = 0n;
  let shifted = b;
  for (let bit = 1n << BigInt(width - 1); bit > 0n; bit >>= 1n) {
    if ((a & bit) !== 0n) sum ^= shifted;
    shifted = (shifted & 1n) === 1n ? (shifted >> 1n) ^ value : shifted >> 1n;
  }
  return sum;
}

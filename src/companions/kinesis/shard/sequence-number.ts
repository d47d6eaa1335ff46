/**
 * Sequence numbers: 56 digits that grow with every record of a shard, and from a shard to its children. Like AWS's they tell
 * which shard they are of, so that one that is used with another is refused instead of skipping records.
 */
import type { Brand } from '../../../kernel/brand.ts';

export type SequenceNumber = Brand<bigint, 'SequenceNumber'>;

export interface SequenceParts {
  /** Milliseconds since the epoch, made unique among the generations of a stream's shards. */
  readonly generation: number;
  /** Of the record in its shard. */
  readonly counter: bigint;
  /** Milliseconds since the epoch. */
  readonly arrival: number;
  readonly shardIndex: number;
}

/** Bits of each part, from the lowest up; above them a one, so that all numbers have the same length. */
const indexBits = 32n;
const arrivalBits = 44n;
const counterBits = 61n;
const generationBits = 48n;
const arrivalAt = indexBits;
const counterAt = arrivalAt + arrivalBits;
const generationAt = counterAt + counterBits;
const marker = 1n << (generationAt + generationBits);

export const sequenceNumber = ({ generation, counter, arrival, shardIndex }: SequenceParts): SequenceNumber =>
  (marker |
    (BigInt(generation) << generationAt) |
    (counter << counterAt) |
    (BigInt(arrival) << arrivalAt) |
    BigInt(shardIndex)) as SequenceNumber;

/** @returns nothing for a number that is not of our making */
export function parseSequenceNumber(text: string): { number: SequenceNumber; parts: SequenceParts } | undefined {
  if (!/^[1-9]\d{0,128}$/.test(text)) return undefined;
  const number = BigInt(text) as SequenceNumber;
  if (number >> (generationAt + generationBits) !== 1n) return undefined;
  const field = (at: bigint, bits: bigint): bigint => (number >> at) & ((1n << bits) - 1n);
  return {
    number,
    parts: {
      generation: Number(field(generationAt, generationBits)),
      counter: field(counterAt, counterBits),
      arrival: Number(field(arrivalAt, arrivalBits)),
      shardIndex: Number(field(0n, indexBits)),
    },
  };
}

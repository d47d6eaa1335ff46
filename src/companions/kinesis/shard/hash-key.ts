/** Hash keys: 128-bit integers that say which shard a record belongs to. */
import { createHash } from 'node:crypto';

/** Both ends are part of it. */
export interface HashKeyRange {
  readonly start: bigint;
  readonly end: bigint;
}

const keys = 2n ** 128n;
export const lastHashKey = keys - 1n;

/** Source: Kinesis API reference, PutRecord: the MD5 of the partition key as an integer. */
export const hashKeyOf = (partitionKey: string): bigint =>
  BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);

/** The whole space in `count` ranges of one size; the last takes what is left over. */
export function uniformRanges(count: number): readonly HashKeyRange[] {
  const size = keys / BigInt(count);
  return Array.from({ length: count }, (_, at) => ({
    start: size * BigInt(at),
    end: at === count - 1 ? lastHashKey : size * BigInt(at + 1) - 1n,
  }));
}

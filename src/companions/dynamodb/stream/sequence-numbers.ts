/** Sequence numbers: positions that only grow, across all streams, as texts of 21 digits. */
import type { Brand } from '../../../kernel/brand.ts';

/** Of a record among all of the service. */
export type Position = Brand<number, 'Position'>;

export const position = (value: number): Position => value as Position;

export class SequenceNumbers {
  #last = 0;

  /** The position of the latest record. */
  get last(): Position {
    return position(this.#last);
  }

  next(): Position {
    this.#last += 1;
    return position(this.#last);
  }
}

const base = 10n ** 20n;

export const sequenceNumber = (at: number): string => String(base + BigInt(at));

/** @returns Nothing for a text that is no number; a position before all others for a number that is none of these. */
export function parseSequenceNumber(text: string): Position | undefined {
  if (!/^\d{1,40}$/.test(text)) return undefined;
  const value = BigInt(text) - base;
  if (value < 0n) return position(0);
  return position(value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value));
}

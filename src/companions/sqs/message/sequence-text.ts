/** Sequence numbers as clients see them: large, of twenty digits, not consecutive. */

const first = 18_870_000_000_000_000_000n;
const step = 256n;

/** Source: Amazon SQS API reference, SendMessage, SequenceNumber: 128 bits, rising within a group. */
export const sequenceText = (sequence: number): string => String(first + BigInt(sequence) * step);

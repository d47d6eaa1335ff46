/** The records of one shard in the order of their sequence numbers, found by number or time without a scan. */
import type { SequenceNumber } from './sequence-number.ts';

export interface StreamRecord {
  readonly sequence: SequenceNumber;
  /** Milliseconds since the epoch; never before that of the record ahead of it. */
  readonly arrival: number;
  /** Absent where the service itself chose the shard. */
  readonly partitionKey: string | undefined;
  readonly data: Buffer;
  readonly isEncrypted: boolean;
}

/** Trimmed records are let go at once; their places only when there are as many of them as of records. */
const fewestTrimmed = 1024;

export class RecordLog {
  #records: (StreamRecord | undefined)[] = [];
  /** Index of the oldest record that is still there. */
  #head = 0;

  get size(): number {
    return this.#records.length - this.#head;
  }

  get last(): StreamRecord | undefined {
    return this.#head < this.#records.length ? this.#records.at(-1) : undefined;
  }

  append(record: StreamRecord): void {
    this.#records.push(record);
  }

  /** The first record with that number or a higher one. */
  from(sequence: bigint): StreamRecord | undefined {
    return this.#records[this.#first((record) => record.sequence >= sequence)];
  }

  /** The last record with a lower number. */
  before(sequence: bigint): StreamRecord | undefined {
    const at = this.#first((record) => record.sequence >= sequence) - 1;
    return at < this.#head ? undefined : this.#records[at];
  }

  /** The first record that arrived then or later. */
  since(time: number): StreamRecord | undefined {
    return this.#records[this.#first((record) => record.arrival >= time)];
  }

  /** Records from that number on, at least one where there is any. @param bytes most of data in them */
  read(sequence: bigint, limit: number, bytes: number): readonly StreamRecord[] {
    const found: StreamRecord[] = [];
    let size = 0;
    for (let at = this.#first((record) => record.sequence >= sequence); found.length < limit; at += 1) {
      const record = this.#records[at];
      if (record === undefined) break;
      size += record.data.length + Buffer.byteLength(record.partitionKey ?? '');
      if (size > bytes && found.length > 0) break;
      found.push(record);
    }
    return found;
  }

  /** Drops what arrived before that time. */
  trim(time: number): void {
    const kept = this.#first((record) => record.arrival >= time);
    this.#records.fill(undefined, this.#head, kept);
    this.#head = kept;
    if (kept >= fewestTrimmed && kept >= this.#records.length / 2) {
      this.#records = this.#records.slice(kept);
      this.#head = 0;
    }
  }

  /** Index of the first record that fits, of records of which all fit after the first one; the end where none does. */
  #first(fits: (record: StreamRecord) => boolean): number {
    let low = this.#head;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const record = this.#records[middle];
      if (record !== undefined && fits(record)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

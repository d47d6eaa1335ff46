/** A shard: a range of hash keys and the records that came to it, until it is closed by a split or a merge. */
import type { HashKeyRange } from './hash-key.ts';
import { RecordLog, type StreamRecord } from './record-log.ts';
import { parseSequenceNumber, type SequenceNumber, sequenceNumber } from './sequence-number.ts';

export interface ShardOrigin {
  readonly index: number;
  readonly range: HashKeyRange;
  /** Later than that of every parent, so that sequence numbers grow from parents to children. */
  readonly generation: number;
  /** Milliseconds since the epoch. */
  readonly opened: number;
  /** By id alone: a parent may be forgotten before its children. */
  readonly parentId?: string;
  readonly adjacentParentId?: string;
}

export interface NewRecord {
  readonly partitionKey: string | undefined;
  readonly data: Buffer;
  readonly isEncrypted: boolean;
}

/** @param sequence inclusive: where the next read begins */
export interface ShardRead {
  readonly records: readonly StreamRecord[];
  readonly next: bigint;
  /** Nothing is left and nothing will come. */
  readonly isEnd: boolean;
  readonly millisBehindLatest: number;
}

export const shardIdOf = (index: number): string => `shardId-${String(index).padStart(12, '0')}`;

export class Shard {
  readonly id: string;
  readonly origin: ShardOrigin;
  /** Of what is before the first record. */
  readonly start: SequenceNumber;
  readonly children: Shard[] = [];
  readonly #log = new RecordLog();
  readonly #watchers = new Set<() => void>();
  #counter = 0n;
  #latest: SequenceNumber;
  #latestArrival: number;
  #closing: { readonly at: number; readonly end: SequenceNumber } | undefined;

  constructor(origin: ShardOrigin) {
    this.origin = origin;
    this.id = shardIdOf(origin.index);
    this.#latestArrival = origin.opened;
    this.start = this.#number(0n);
    this.#latest = this.start;
  }

  get isOpen(): boolean {
    return this.#closing === undefined;
  }

  /** Milliseconds since the epoch; nothing while it is open. */
  get closed(): number | undefined {
    return this.#closing?.at;
  }

  /** Nothing while it is open. */
  get end(): SequenceNumber | undefined {
    return this.#closing?.end;
  }

  /** Of the newest record, the shard's end or, before any of these, its start. */
  get latest(): SequenceNumber {
    return this.#latest;
  }

  append({ partitionKey, data, isEncrypted }: NewRecord, now: number): StreamRecord {
    const record: StreamRecord = {
      sequence: this.#allocate(now),
      arrival: this.#latestArrival,
      partitionKey,
      data,
      isEncrypted,
    };
    this.#log.append(record);
    this.#wake();
    return record;
  }

  close(now: number): void {
    this.#closing ??= { at: now, end: this.#allocate(now) };
    this.#wake();
  }

  trim(before: number): void {
    this.#log.trim(before);
  }

  /** Reads on from a position. @param bytes most of data in the records */
  read(from: bigint, limit: number, bytes: number, now: number): ShardRead {
    const records = this.#log.read(from, limit, bytes);
    const last = records.at(-1);
    const next = last === undefined ? from : last.sequence + 1n;
    const unread = this.#log.from(next);
    return {
      records,
      next,
      isEnd: !this.isOpen && unread === undefined,
      // Zero says that nothing is left, so what is left is at least one millisecond away.
      millisBehindLatest: unread === undefined ? 0 : Math.max(1, now - (last ?? unread).arrival),
    };
  }

  get trimHorizon(): bigint {
    return this.start + 1n;
  }

  /** Where what is yet to come begins. */
  get tip(): bigint {
    return this.#latest + 1n;
  }

  /** Where the first record begins that arrived then or later. @param time milliseconds since the epoch */
  positionAt(time: number): bigint {
    return this.#log.since(time)?.sequence ?? this.tip;
  }

  /** The sequence number by which a reader at that position can come back. */
  checkpoint(position: bigint): SequenceNumber {
    return this.#log.before(position)?.sequence ?? (position > this.#latest ? this.#latest : this.start);
  }

  /** @returns the number, or what is wrong with it */
  own(
    text: string,
  ): { kind: 'own'; number: SequenceNumber } | { kind: 'other-shard'; shardId: string } | { kind: 'foreign' } {
    const parsed = parseSequenceNumber(text);
    if (parsed === undefined) return { kind: 'foreign' };
    const { generation, shardIndex } = parsed.parts;
    if (shardIndex !== this.origin.index) return { kind: 'other-shard', shardId: shardIdOf(shardIndex) };
    if (generation !== this.origin.generation || parsed.number > this.#latest) return { kind: 'foreign' };
    return { kind: 'own', number: parsed.number };
  }

  /** Calls back at each record and when the shard is closed, until it is disposed. */
  watch(changed: () => void): Disposable {
    this.#watchers.add(changed);
    return { [Symbol.dispose]: () => void this.#watchers.delete(changed) };
  }

  #wake(): void {
    for (const changed of [...this.#watchers]) changed();
  }

  #allocate(now: number): SequenceNumber {
    this.#latestArrival = Math.max(this.#latestArrival, now);
    this.#counter += 1n;
    this.#latest = this.#number(this.#counter);
    return this.#latest;
  }

  #number(counter: bigint): SequenceNumber {
    const { generation, index } = this.origin;
    return sequenceNumber({ generation, counter, arrival: this.#latestArrival, shardIndex: index });
  }
}

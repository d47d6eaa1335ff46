/** A stream: its settings, and its shards with their lineage. */
import type { Scope } from '../../../aws/scope.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { invariant } from '../../../kernel/invariant.ts';
import type { Consumer } from '../consumer/consumer.ts';
import { type HashKeyRange, uniformRanges } from '../shard/hash-key.ts';
import type { StreamRecord } from '../shard/record-log.ts';
import { type NewRecord, Shard, type ShardOrigin } from '../shard/shard.ts';
import { LifeCycle } from './life-cycle.ts';

export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';
export type RecordDistribution = 'AUTO' | 'USER_PARTITION_KEY';
/** Published for each shard when it is switched on. */
export type ShardMetric = (typeof shardMetrics)[number];

export const shardMetrics = [
  'IncomingBytes',
  'IncomingRecords',
  'OutgoingBytes',
  'OutgoingRecords',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'IteratorAgeMilliseconds',
] as const;

export interface StreamSettings {
  mode: StreamMode;
  retentionHours: number;
  maxRecordKiB: number;
  /** Of the key that it is encrypted with; nothing for a stream that is not. */
  keyId: string | undefined;
  shardMetrics: readonly ShardMetric[];
  warmThroughput: number | undefined;
  distribution: RecordDistribution;
}

export interface StreamOrigin {
  readonly scope: Scope;
  readonly name: string;
  readonly arn: string;
  readonly shardCount: number;
  readonly clock: Clock;
}

const hour = 60 * 60 * 1000;

export class DataStream {
  readonly origin: StreamOrigin;
  readonly settings: StreamSettings;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly life: LifeCycle;
  readonly tags = new Map<string, string>();
  /** By name. */
  readonly consumers = new Map<string, Consumer>();
  /** By id, in the order in which they were opened. */
  readonly #shards = new Map<string, Shard>();
  /** In the order of their hash keys; together they cover all of them. */
  #open: readonly Shard[];
  #generation: number;
  #nextIndex = 0;
  /** When the shard was closed that will be forgotten first. */
  #earliestClosed = Number.POSITIVE_INFINITY;

  constructor(origin: StreamOrigin, settings: StreamSettings) {
    this.origin = origin;
    this.settings = settings;
    this.created = origin.clock.now();
    this.life = new LifeCycle(origin.clock, `stream ${origin.name}`);
    this.#generation = this.created;
    this.#open = uniformRanges(origin.shardCount).map((range) => this.#openShard(range));
  }

  get now(): number {
    return this.origin.clock.now();
  }

  /** Milliseconds since the epoch: nothing older is kept. */
  get trimHorizon(): number {
    return this.now - this.settings.retentionHours * hour;
  }

  get openShards(): readonly Shard[] {
    return this.#open;
  }

  /** In the order of their ids. */
  get shards(): readonly Shard[] {
    this.#forget();
    return [...this.#shards.values()];
  }

  shard(id: string): Shard | undefined {
    this.#forget();
    return this.#shards.get(id);
  }

  /** The open shard that takes records with that hash key. */
  shardFor(hashKey: bigint): Shard {
    let low = 0;
    let high = this.#open.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const shard = this.#open[middle];
      if (shard !== undefined && shard.origin.range.end < hashKey) low = middle + 1;
      else high = middle;
    }
    const found = this.#open[low];
    invariant(found !== undefined, 'the open shards cover every hash key');
    return found;
  }

  put(
    hashKey: bigint,
    record: Omit<NewRecord, 'isEncrypted'>,
  ): { readonly shard: Shard; readonly record: StreamRecord } {
    const shard = this.shardFor(hashKey);
    shard.trim(this.trimHorizon);
    const isEncrypted = this.settings.keyId !== undefined;
    return { shard, record: shard.append({ ...record, isEncrypted }, this.now) };
  }

  /** Closes a shard; two take its place, the upper one from that hash key on. */
  split(shard: Shard, startOfUpper: bigint): void {
    const { start, end } = shard.origin.range;
    invariant(shard.isOpen && start < startOfUpper && startOfUpper <= end, `${shard.id} can be split there`);
    this.#replace(
      [shard],
      [
        { start, end: startOfUpper - 1n },
        { start: startOfUpper, end },
      ],
    );
  }

  /** Closes two shards; one takes their place. */
  merge(shard: Shard, adjacent: Shard): void {
    const [lower, upper] =
      shard.origin.range.start < adjacent.origin.range.start ? [shard, adjacent] : [adjacent, shard];
    const isPair = lower.origin.range.end + 1n === upper.origin.range.start;
    invariant(shard.isOpen && adjacent.isOpen && isPair, `${shard.id} and ${adjacent.id} can be merged`);
    this.#replace([shard, adjacent], [{ start: lower.origin.range.start, end: upper.origin.range.end }]);
  }

  /** Splits and merges until there are so many shards of one size; like AWS with short-lived shards in between. */
  scale(count: number): void {
    const wanted = uniformRanges(count);
    for (const { start } of wanted) {
      const shard = this.shardFor(start);
      if (shard.origin.range.start !== start) this.split(shard, start);
    }
    for (const { start, end } of wanted) {
      for (let shard = this.shardFor(start); shard.origin.range.end !== end; shard = this.shardFor(start)) {
        this.merge(shard, this.shardFor(shard.origin.range.end + 1n));
      }
    }
  }

  /** Ends what is read from it: nothing more will come. */
  close(): void {
    for (const consumer of this.consumers.values()) consumer.end();
    for (const shard of this.#open) shard.close(this.now);
  }

  #replace(parents: readonly [Shard, Shard?], ranges: readonly HashKeyRange[]): void {
    const [parent, adjacentParent] = parents;
    for (const closing of parents) closing?.close(this.now);
    this.#generation = Math.max(this.now, this.#generation + 1);
    const lineage = { parentId: parent.id, ...(adjacentParent && { adjacentParentId: adjacentParent.id }) };
    const children = ranges.map((range) => this.#openShard(range, lineage));
    for (const closed of parents) closed?.children.push(...children);
    this.#open = [...this.#open.filter((shard) => shard.isOpen), ...children].toSorted((one, other) =>
      one.origin.range.start < other.origin.range.start ? -1 : 1,
    );
    this.#earliestClosed = Math.min(this.#earliestClosed, this.now);
  }

  #openShard(range: HashKeyRange, lineage: Pick<ShardOrigin, 'parentId' | 'adjacentParentId'> = {}): Shard {
    const shard = new Shard({
      index: this.#nextIndex,
      range,
      generation: this.#generation,
      opened: this.now,
      ...lineage,
    });
    this.#nextIndex += 1;
    this.#shards.set(shard.id, shard);
    return shard;
  }

  /** A closed shard is there until its last record would have expired. */
  #forget(): void {
    const horizon = this.trimHorizon;
    if (this.#earliestClosed > horizon) return;
    this.#earliestClosed = Number.POSITIVE_INFINITY;
    for (const [id, { closed }] of this.#shards) {
      if (closed === undefined) continue;
      if (closed < horizon) this.#shards.delete(id);
      else this.#earliestClosed = Math.min(this.#earliestClosed, closed);
    }
  }
}

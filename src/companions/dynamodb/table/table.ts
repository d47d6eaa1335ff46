/** A table: its items and indexes, its stream and its settings. Every change of an item goes through `write`. */
import type { Scope } from '../../../aws/scope.ts';
import type { Milliseconds } from '../../../kernel/quantity.ts';
import { createKey, itemSize } from '../engine/library.ts';
import { SortedMap } from '../engine/sorted-map.ts';
import { WriteSet, type WrittenTable } from '../engine/write-set.ts';
import type { Author, Item } from '../item/item.ts';
import { sameItem } from '../item/same-item.ts';
import type { TableStream } from '../stream/table-stream.ts';
import { checkIndexable, indexItems } from './index-items.ts';
import type { GlobalIndex, TableSchema, Throughput } from './table-schema.ts';
import type { TimeToLive } from './time-to-live.ts';

export interface TableSettings {
  billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  /** When it was last switched to on-demand. */
  payPerRequestSince: Milliseconds | undefined;
  throughput: Throughput;
  isDeletionProtected: boolean;
  tableClass: string | undefined;
  encryption: TableEncryption | undefined;
  onDemandThroughput: OnDemandThroughput | undefined;
  /** Said, and shown; nothing can be restored here. */
  pointInTimeRecovery: PointInTimeRecovery | undefined;
}

export interface TableEncryption {
  readonly keyArn: string | undefined;
}

export interface PointInTimeRecovery {
  readonly days: number;
  readonly since: Milliseconds;
}

export interface OnDemandThroughput {
  readonly MaxReadRequestUnits?: number | undefined;
  readonly MaxWriteRequestUnits?: number | undefined;
}

export interface TableIdentity {
  readonly scope: Scope;
  readonly arn: string;
  readonly id: string;
  readonly created: Milliseconds;
}

export class Table implements WrittenTable {
  readonly identity: TableIdentity;
  readonly settings: TableSettings;
  readonly items = new SortedMap<Item>();
  readonly tags = new Map<string, string>();
  /** The latest one, enabled or not. */
  stream: TableStream | undefined;
  timeToLive: TimeToLive | undefined;
  #schema: TableSchema;
  readonly #indexes = new Map<string, SortedMap<Item>>();

  constructor(identity: TableIdentity, schema: TableSchema, settings: TableSettings) {
    this.identity = identity;
    this.settings = settings;
    this.#schema = schema;
  }

  get name(): string {
    return this.#schema.TableName;
  }

  get schema(): TableSchema {
    return this.#schema;
  }

  /** Entries of an index by the library's key for them. */
  index(name: string): SortedMap<Item> {
    let index = this.#indexes.get(name);
    if (index === undefined) this.#indexes.set(name, (index = new SortedMap()));
    return index;
  }

  /**
   * Indexes that are new are filled, those that are no more are dropped.
   * @throws ServiceError when an item cannot be in a new index; nothing is changed then
   */
  changeSchema(schema: TableSchema): void {
    const { GlobalSecondaryIndexes: before = [] } = this.#schema;
    const { GlobalSecondaryIndexes: after = [], LocalSecondaryIndexes: _, ...rest } = schema;
    const isIn = (indexes: readonly GlobalIndex[], name: string): boolean =>
      indexes.some(({ IndexName }) => IndexName === name);
    const added = { ...rest, GlobalSecondaryIndexes: after.filter(({ IndexName }) => !isIn(before, IndexName)) };
    checkIndexable(this.items.values(), added);
    this.#schema = schema;
    for (const { IndexName } of before) if (!isIn(after, IndexName)) this.#indexes.delete(IndexName);
    if (added.GlobalSecondaryIndexes.length === 0) return;
    for (const item of this.items.values()) {
      const store = new WriteSet(() => this);
      indexItems(store, added, undefined, item);
      store.commit();
    }
  }

  /** Puts an item, or deletes it where there is none any more; what its stream and its expiry have to know, they know then. */
  write(key: string, item: Item | undefined, author: Author): void {
    const before = this.items.get(key);
    if (item === undefined) this.items.delete(key);
    else this.items.set(key, item);
    this.timeToLive?.replace(key, before, item);
    if (this.stream?.isEnabled === true && !sameItem(before, item)) this.stream.append({ before, after: item, author });
  }

  /** As the service deletes what has expired. */
  expire(key: string): void {
    const item = this.items.get(key);
    if (item === undefined) return;
    const store = new WriteSet(() => this);
    indexItems(store, this.#schema, item, undefined);
    store.getItemDb(this.name).del(createKey(item, this.#schema), () => undefined);
    store.commit('time-to-live');
  }

  /** Bytes. */
  sizeOf(items: SortedMap<Item>): number {
    let size = 0;
    for (const item of items.values()) size += itemSize(item);
    return size;
  }
}

/** The stream of a table: the changes of its items, in order, for 24 hours. */
import type { Clock } from '../../../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import type { Random } from '../../../kernel/random.ts';
import { itemSize } from '../engine/library.ts';
import type { Author, Item } from '../item/item.ts';
import type { KeySchemaElement } from '../table/table-schema.ts';
import { type Position, position, type SequenceNumbers, sequenceNumber } from './sequence-numbers.ts';

export const viewTypes = ['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY'] as const;
export type ViewType = (typeof viewTypes)[number];

export interface Change {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly author: Author;
}

export interface StreamRecord {
  readonly position: Position;
  readonly time: Milliseconds;
  readonly eventId: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: Item;
  readonly newImage: Item | undefined;
  readonly oldImage: Item | undefined;
  /** Bytes. */
  readonly size: number;
  readonly author: Author;
}

export interface StreamDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly sequence: SequenceNumbers;
}

export interface StreamIdentity {
  readonly tableName: string;
  readonly arn: string;
  readonly label: string;
  readonly viewType: ViewType;
  readonly keySchema: readonly KeySchemaElement[];
  readonly created: Milliseconds;
}

/** Source: developer guide, "Change data capture for DynamoDB Streams". */
export const retention = milliseconds(24 * 60 * 60 * 1000);

export class TableStream {
  readonly identity: StreamIdentity;
  readonly shardId: string;
  /** Where its shard begins. */
  readonly first: Position;
  readonly #deps: StreamDeps;
  readonly #records: StreamRecord[] = [];
  #trimmed: Position;
  #ended: { readonly at: Milliseconds; readonly position: Position } | undefined;

  constructor(identity: StreamIdentity, deps: StreamDeps) {
    this.identity = identity;
    this.#deps = deps;
    this.#trimmed = deps.sequence.last;
    this.first = position(this.#trimmed + 1);
    this.shardId = `shardId-${String(identity.created).padStart(20, '0')}-${deps.random.hex(4)}`;
  }

  get isEnabled(): boolean {
    return this.#ended === undefined;
  }

  /** The last position of its shard, once it takes no more. */
  get last(): Position | undefined {
    return this.#ended?.position;
  }

  /** All records before and at this one are gone. */
  get trimmed(): Position {
    this.#trim();
    return this.#trimmed;
  }

  /** Disabled so long ago that nothing is left of it. */
  get isForgotten(): boolean {
    return this.#ended !== undefined && this.#ended.at <= this.#deps.clock.now() - retention;
  }

  append({ before, after, author }: Change): void {
    const { viewType, keySchema } = this.identity;
    const present = after ?? before ?? {};
    const keys = Object.fromEntries(
      keySchema.flatMap(({ AttributeName: name }) => (present[name] === undefined ? [] : [[name, present[name]]])),
    ) as Item;
    const newImage = viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES' ? after : undefined;
    const oldImage = viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES' ? before : undefined;
    this.#trim();
    this.#records.push({
      position: this.#deps.sequence.next(),
      time: this.#deps.clock.now(),
      eventId: this.#deps.random.hex(16),
      eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      keys,
      newImage,
      oldImage,
      size: [keys, newImage, oldImage].reduce((size, item) => size + (item === undefined ? 0 : itemSize(item)), 0),
      author,
    });
  }

  /** Its records can be read until their time has come. */
  end(): void {
    this.#ended ??= { at: this.#deps.clock.now(), position: this.#deps.sequence.next() };
  }

  /** The oldest ones from a position on. */
  read(from: Position, limit: number): readonly StreamRecord[] {
    this.#trim();
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.position ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return this.#records.slice(low, low + limit);
  }

  /** As a sequence number; the records of its shard are between these. */
  range(): { readonly StartingSequenceNumber: string; readonly EndingSequenceNumber?: string } {
    const { last } = this;
    return {
      StartingSequenceNumber: sequenceNumber(this.first),
      ...(last === undefined ? {} : { EndingSequenceNumber: sequenceNumber(last) }),
    };
  }

  #trim(): void {
    const oldest = this.#deps.clock.now() - retention;
    let count = 0;
    for (let record = this.#records[0]; record !== undefined && record.time <= oldest; record = this.#records[count]) {
      this.#trimmed = record.position;
      count += 1;
    }
    if (count > 0) this.#records.splice(0, count);
  }
}

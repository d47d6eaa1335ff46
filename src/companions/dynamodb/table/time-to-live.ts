/** Which items of a table expire when, by the attribute that says so. */
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import { SortedMap } from '../engine/sorted-map.ts';
import type { Item } from '../item/item.ts';

/** Longer ago, it is taken for a mistake. Source: developer guide, "Using time to live (TTL) in DynamoDB". */
const oldestSeconds = 5 * 365 * 24 * 60 * 60;

export class TimeToLive {
  readonly attribute: string;
  readonly #added: (due: Milliseconds) => void;
  /** Keys of items, in the order in which they expire. */
  readonly #queue = new SortedMap<string>();

  /** @param added is told when each new one expires */
  constructor(attribute: string, added: (due: Milliseconds) => void) {
    this.attribute = attribute;
    this.#added = added;
  }

  replace(key: string, before: Item | undefined, after: Item | undefined): void {
    const old = this.#seconds(before);
    const now = this.#seconds(after);
    if (old === now) return;
    if (old !== undefined) this.#queue.delete(entry(old, key));
    if (now === undefined) return;
    this.#queue.set(entry(now, key), key);
    this.#added(milliseconds(now * 1000));
  }

  /** When the first one expires that is not too old to. */
  next(now: Milliseconds): Milliseconds | undefined {
    for (const [text] of this.#queue.entries({ gte: entry(oldest(now), '') })) {
      return milliseconds(Number(text.slice(0, digits)) * 1000);
    }
    return undefined;
  }

  /** @returns The keys of items that have expired by now. */
  expired(now: Milliseconds): readonly string[] {
    const range = { gte: entry(oldest(now), ''), lt: entry(Math.floor(now / 1000) + 1, '') };
    return [...this.#queue.entries(range)].map(([, key]) => key);
  }

  /** Seconds since the epoch, where the item says it in the form that counts. */
  #seconds(item: Item | undefined): number | undefined {
    const seconds = Math.floor(Number(item?.[this.attribute]?.N ?? Number.NaN));
    return seconds >= 0 && seconds < 10 ** digits ? seconds : undefined;
  }
}

const digits = 15;

const entry = (seconds: number, key: string): string => `${String(seconds).padStart(digits, '0')}/${key}`;

const oldest = (now: Milliseconds): number => Math.max(0, Math.floor(now / 1000) - oldestSeconds);

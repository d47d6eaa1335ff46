/** A stream of items as the library reads one, which flows when it is told to and all at once. */
import { Stream } from 'node:stream';
import type { Item } from '../item/item.ts';

export class ValueSource extends Stream {
  readonly #items: Iterable<Item>;
  #isDestroyed = false;

  constructor(items: Iterable<Item>) {
    super();
    this.#items = items;
  }

  /** The reader has enough. */
  destroy(): void {
    this.#isDestroyed = true;
  }

  flow(): void {
    for (const item of this.#items) {
      if (this.#isDestroyed) return;
      this.emit('data', item);
    }
    if (!this.#isDestroyed) this.emit('end');
  }
}

/** Deletes what has expired, as soon as it has. AWS takes up to a few days for it. */
import type { Clock, Timer } from '../../../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import type { Table } from './table.ts';

/** A wall clock can be set: it is looked at again. */
const longestWait = 60_000;

export class Expiry implements Disposable {
  readonly #clock: Clock;
  readonly #tables: () => Iterable<Table>;
  #timer: Timer | undefined;
  #due = Number.POSITIVE_INFINITY;
  #isDisposed = false;

  constructor(clock: Clock, tables: () => Iterable<Table>) {
    this.#clock = clock;
    this.#tables = tables;
  }

  /** Something expires then. */
  readonly expect = (due: Milliseconds): void => {
    const now = this.#clock.now();
    // Never right now: whoever calls is in the middle of a write.
    this.#arm(now, due - now);
  };

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }

  #sweep(): void {
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const table of this.#tables()) {
      const { timeToLive } = table;
      if (timeToLive === undefined) continue;
      for (const key of timeToLive.expired(now)) table.expire(key);
      next = Math.min(next, timeToLive.next(now) ?? next);
    }
    if (next < Number.POSITIVE_INFINITY) this.#arm(now, next - now);
  }

  #arm(now: Milliseconds, delay: number): void {
    const due = now + Math.min(Math.max(delay, 1), longestWait);
    if (this.#isDisposed || due >= this.#due) return;
    this.#timer?.[Symbol.dispose]();
    this.#due = due;
    this.#timer = this.#clock.timer(milliseconds(due - now), () => {
      this.#timer = undefined;
      this.#due = Number.POSITIVE_INFINITY;
      this.#sweep();
    });
  }
}

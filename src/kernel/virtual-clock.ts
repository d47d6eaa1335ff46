/** A clock that moves only when told to, so that tests of minutes take no time. */
import { type Clock, sleepOn, type Timer } from './clock.ts';
import { type Milliseconds, milliseconds } from './quantity.ts';

interface Pending {
  due: number;
  readonly delay: number;
  readonly run: () => void;
}

export class VirtualClock implements Clock {
  #now: number;
  readonly #pending = new Set<Pending>();

  constructor(start: Milliseconds = milliseconds(Date.UTC(2026, 0, 1))) {
    this.#now = start;
  }

  now(): Milliseconds {
    return milliseconds(this.#now);
  }

  monotonic(): Milliseconds {
    return milliseconds(this.#now);
  }

  timer(delay: Milliseconds, run: () => void): Timer {
    const entry: Pending = { due: this.#now + delay, delay, run };
    this.#pending.add(entry);
    let cancelled = false;
    return {
      restart: () => {
        if (cancelled) return;
        entry.due = this.#now + entry.delay;
        this.#pending.add(entry);
      },
      [Symbol.dispose]: () => {
        cancelled = true;
        this.#pending.delete(entry);
      },
    };
  }

  sleep(delay: Milliseconds, signal: AbortSignal): Promise<void> {
    return sleepOn(this, delay, signal);
  }

  /** How many timers wait: a test expects 0 after disposal. */
  get waiting(): number {
    return this.#pending.size;
  }

  /** Moves time forward and runs what falls due, in order. */
  advance(by: Milliseconds): void {
    const target = this.#now + by;
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#pending.delete(next);
      this.#now = next.due;
      next.run();
    }
    this.#now = target;
  }

  #next(until: number): Pending | undefined {
    let first: Pending | undefined;
    for (const entry of this.#pending) {
      if (entry.due <= until && (first === undefined || entry.due < first.due)) first = entry;
    }
    return first;
  }
}

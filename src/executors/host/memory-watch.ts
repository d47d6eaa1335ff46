/** Enforces the memory limit where no control group does: looks often, and ends what is too large. */
import type { Clock, Timer } from '../../kernel/clock.ts';
import { type Bytes, milliseconds } from '../../kernel/quantity.ts';
import type { MemoryMeter } from './memory-meter.ts';

const interval = milliseconds(50);

export interface MemoryWatchDeps {
  readonly clock: Clock;
  readonly meter: MemoryMeter;
  readonly limit: Bytes;
  /** Called once for each time that the watch is started. */
  readonly onExceeded: () => void;
}

export class MemoryWatch implements Disposable {
  readonly #deps: MemoryWatchDeps;
  #timer: Timer | undefined;

  constructor(deps: MemoryWatchDeps) {
    this.#deps = deps;
  }

  /** Looks from now on; called when the process starts or goes on. */
  start(): void {
    this.#timer ??= this.#deps.clock.timer(interval, () => this.#look());
  }

  /** A frozen process does not grow. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
  }

  #look(): void {
    if (this.#deps.meter.peak() <= this.#deps.limit) {
      this.#timer?.restart();
      return;
    }
    this[Symbol.dispose]();
    this.#deps.onExceeded();
  }
}

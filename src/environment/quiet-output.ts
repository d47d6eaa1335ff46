/** Waits for the end of output that is still on its way when the process has answered already. */
import type { Clock, Timer } from '../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../kernel/quantity.ts';

/** A process that goes on writing is waited for this many times the lag, not for ever. */
const patience = 10;

export class QuietOutput implements Disposable {
  readonly #clock: Clock;
  readonly #due: Milliseconds;
  readonly #timer: Timer;

  /** @param run called once nothing has come for the time of `lag` */
  constructor(clock: Clock, lag: Milliseconds, run: () => void) {
    this.#clock = clock;
    this.#due = milliseconds(clock.monotonic() + patience * lag);
    this.#timer = clock.timer(lag, run);
  }

  /** Some output came. */
  disturbed(): void {
    if (this.#clock.monotonic() < this.#due) this.#timer.restart();
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }
}

/** Calls once nothing has happened for a while: the timer is made at the first rest, and restarted at each later one. */
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';

export class IdleDelay implements Disposable {
  readonly #clock: Clock;
  readonly #delay: Milliseconds | undefined;
  readonly #passed: () => void;
  #timer: Timer | undefined;

  /** @param delay without one, nothing is ever called */
  constructor(clock: Clock, delay: Milliseconds | undefined, passed: () => void) {
    this.#clock = clock;
    this.#delay = delay;
    this.#passed = passed;
  }

  /** Counts the whole delay from now. */
  begin(): void {
    if (this.#delay === undefined) return;
    if (this.#timer === undefined) this.#timer = this.#clock.timer(this.#delay, this.#passed);
    else this.#timer.restart();
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }
}

/** The end of an init phase, told later than it was reached. */
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { BootOutcome } from './environment-outcome.ts';

type Told = (outcome: BootOutcome) => void;

/** Disposing it tells nothing any more. */
export class DelayedBoot implements Disposable {
  readonly told: Told;
  #timer: Timer | undefined;

  constructor(clock: Clock, delay: Milliseconds, told: Told) {
    this.told = (outcome) => {
      this.#timer = clock.timer(delay, () => told(outcome));
    };
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }
}

/** The end of an init phase, told later than it was reached where somebody asked for that. */
import type { Clock, Timer } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';
import type { BootOutcome } from './environment-outcome.ts';

type Told = (outcome: BootOutcome) => void;

/** Disposing it tells nothing any more. */
export class DelayedBoot implements Disposable {
  readonly told: Told;
  #timer: Timer | undefined;

  /** @param delay nothing tells at once */
  constructor(clock: Clock, delay: Milliseconds | undefined, told: Told) {
    this.told = (outcome) => {
      if (delay === undefined) told(outcome);
      else this.#timer = clock.timer(delay, () => told(outcome));
    };
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }
}

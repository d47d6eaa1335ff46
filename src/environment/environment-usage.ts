/** What an environment has done so far, for those who watch. */
import type { Clock } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';

export class EnvironmentUsage {
  /** When the environment was started. */
  readonly started: Milliseconds;
  readonly #clock: Clock;
  /** When its latest invocation began, or when it was started. */
  lastUsed: Milliseconds;
  /** How many invocations it was given. */
  invocations = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.started = clock.now();
    this.lastUsed = this.started;
  }

  /** One more invocation begins. */
  count(): void {
    this.invocations += 1;
    this.lastUsed = this.#clock.now();
  }
}

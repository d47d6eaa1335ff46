/** The states of streams and consumers; what passes by itself ends after a fixed time of the clock. */
import type { Clock } from '../../../kernel/clock.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { StateMachine, type TransitionTable } from '../../../kernel/state-machine.ts';

/** CREATING and UPDATING become ACTIVE, DELETING becomes gone. */
export type LifeState = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'GONE';

export const lifeTable: TransitionTable<LifeState> = {
  CREATING: ['ACTIVE', 'DELETING'],
  ACTIVE: ['UPDATING', 'DELETING'],
  UPDATING: ['ACTIVE', 'DELETING'],
  DELETING: ['GONE'],
  GONE: [],
};

/**
 * So short that nobody waits for it: the SDK's waiters look at once and then again after ten seconds, so an operation that
 * starts something answers when it has passed.
 */
export const settling = milliseconds(1);

export class LifeCycle {
  readonly #clock: Clock;
  readonly #machine: StateMachine<LifeState>;
  #due: number;

  constructor(clock: Clock, name: string) {
    this.#clock = clock;
    this.#machine = new StateMachine<LifeState>(name, lifeTable, 'CREATING');
    this.#due = clock.now() + settling;
  }

  get state(): LifeState {
    const { state } = this.#machine;
    if (this.#clock.now() >= this.#due) {
      if (state === 'CREATING' || state === 'UPDATING') this.#machine.transition('ACTIVE');
      if (state === 'DELETING') this.#machine.transition('GONE');
    }
    return this.#machine.state;
  }

  /** @throws InvalidTransition */
  begin(state: 'UPDATING' | 'DELETING'): void {
    // What is due has happened.
    void this.state;
    this.#machine.transition(state);
    this.#due = this.#clock.now() + settling;
  }

  /** Resolves when what has begun is over, or when nobody waits for it any more. */
  async settled(signal: AbortSignal): Promise<void> {
    const left = this.#due - this.#clock.now();
    if (left > 0) await this.#clock.sleep(milliseconds(left), signal).catch(() => undefined);
  }
}

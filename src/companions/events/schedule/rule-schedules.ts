/** Runs the rules that have a schedule, each by a timer of its own. */
import type { Clock, Timer } from '../../../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../../../kernel/quantity.ts';
import type { Rule } from '../bus/event-bus.ts';

/** @param at when it was due */
export type RunRule = (rule: Rule, at: Milliseconds) => void;

/** Timers of more than 24 days overflow: who waits longer looks again on the way. */
const longestWait = 24 * 60 * 60 * 1000;
/** Later than this, times may have been missed. */
const missed = 30_000;

export class RuleSchedules implements Disposable {
  readonly #clock: Clock;
  readonly #run: RunRule;
  readonly #timers = new Map<Rule, Timer>();

  constructor(clock: Clock, run: RunRule) {
    this.#clock = clock;
    this.#run = run;
  }

  /** From now on, when the rule is enabled and has a schedule; a rate is counted anew. */
  start(rule: Rule): void {
    this.stop(rule);
    if (rule.state !== 'DISABLED') this.#wait(rule, this.#clock.now());
  }

  stop(rule: Rule): void {
    this.#timers.get(rule)?.[Symbol.dispose]();
    this.#timers.delete(rule);
  }

  [Symbol.dispose](): void {
    for (const timer of this.#timers.values()) timer[Symbol.dispose]();
    this.#timers.clear();
  }

  #wait(rule: Rule, last: Milliseconds): void {
    const due = rule.settings.schedule?.times.next(last);
    if (due === undefined) return;
    const left = due - this.#clock.now();
    const delay = milliseconds(Math.max(0, Math.min(left, longestWait)));
    const timer = this.#clock.timer(delay, () => {
      const now = this.#clock.now();
      if (now < due) return this.#wait(rule, last);
      // A machine that slept makes up for nothing: what was due meanwhile is left out.
      this.#wait(rule, now - due > missed ? now : due);
      this.#run(rule, due);
    });
    this.#timers.set(rule, timer);
  }
}

/** A clock that can be made to stand still: what it times waits as long, and then for what was left. */
import { type Clock, sleepOn, type Timer } from '../../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../../kernel/quantity.ts';

export class PausableClock implements Clock {
  readonly #base: Clock;
  readonly #timers = new Set<PausableTimer>();
  #lost = 0;
  #pausedAt: Milliseconds | undefined;

  constructor(base: Clock) {
    this.#base = base;
  }

  get paused(): boolean {
    return this.#pausedAt !== undefined;
  }

  /** The time of day goes on. */
  now(): Milliseconds {
    return this.#base.now();
  }

  monotonic(): Milliseconds {
    return milliseconds((this.#pausedAt ?? this.#base.monotonic()) - this.#lost);
  }

  timer(delay: Milliseconds, run: () => void): Timer {
    return new PausableTimer(this.#base, this.#timers, delay, run, () => this.paused);
  }

  sleep(delay: Milliseconds, signal: AbortSignal): Promise<void> {
    return sleepOn(this, delay, signal);
  }

  pause(): void {
    if (this.#pausedAt !== undefined) return;
    this.#pausedAt = this.#base.monotonic();
    for (const timer of this.#timers) timer.stop();
  }

  resume(): void {
    if (this.#pausedAt === undefined) return;
    this.#lost += this.#base.monotonic() - this.#pausedAt;
    this.#pausedAt = undefined;
    for (const timer of this.#timers) timer.go();
  }
}

class PausableTimer implements Timer {
  readonly #base: Clock;
  /** Those of the clock that have not run yet. */
  readonly #pending: Set<PausableTimer>;
  readonly #delay: Milliseconds;
  readonly #run: () => void;
  readonly #paused: () => boolean;
  #left: Milliseconds;
  #running: { readonly since: Milliseconds; readonly timer: Timer } | undefined;
  #disposed = false;

  constructor(base: Clock, pending: Set<PausableTimer>, delay: Milliseconds, run: () => void, paused: () => boolean) {
    this.#base = base;
    this.#pending = pending;
    this.#delay = delay;
    this.#run = run;
    this.#paused = paused;
    this.#left = delay;
    this.restart();
  }

  restart(): void {
    if (this.#disposed) return;
    this.#halt();
    this.#left = this.#delay;
    this.#pending.add(this);
    if (!this.#paused()) this.go();
  }

  stop(): void {
    if (this.#running === undefined) return;
    this.#left = milliseconds(Math.max(0, this.#left - (this.#base.monotonic() - this.#running.since)));
    this.#halt();
  }

  go(): void {
    const timer = this.#base.timer(this.#left, () => {
      this.#running = undefined;
      this.#pending.delete(this);
      this.#run();
    });
    this.#running = { since: this.#base.monotonic(), timer };
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#halt();
    this.#pending.delete(this);
  }

  #halt(): void {
    this.#running?.timer[Symbol.dispose]();
    this.#running = undefined;
  }
}

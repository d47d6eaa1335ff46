/** Time as a dependency: the only file, with its virtual twin, that touches the platform's clock and timers. */
import { type Milliseconds, milliseconds } from './quantity.ts';

/** A pending call; disposing it cancels the call, after it has run that does nothing. */
export interface Timer extends Disposable {
  /** Counts the full delay again from now, also when it has already run; once disposed, nothing. */
  restart(): void;
}

export interface Clock {
  /** Wall clock, milliseconds since the epoch. */
  now(): Milliseconds;
  /** Monotonic time with fractions; only differences mean something. */
  monotonic(): Milliseconds;
  /** Calls `run` once after `delay`. */
  timer(delay: Milliseconds, run: () => void): Timer;
  /** Resolves after `delay`; rejects with the signal's reason when it aborts first. */
  sleep(delay: Milliseconds, signal: AbortSignal): Promise<void>;
}

class SystemTimer implements Timer {
  readonly #timeout: NodeJS.Timeout;

  constructor(delay: Milliseconds, run: () => void) {
    this.#timeout = setTimeout(run, delay);
  }

  restart(): void {
    this.#timeout.refresh();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timeout);
  }
}

export const systemClock: Clock = {
  now: () => milliseconds(Date.now()),
  monotonic: () => milliseconds(performance.now()),
  timer: (delay, run) => new SystemTimer(delay, run),
  sleep: (delay, signal) => sleepOn(systemClock, delay, signal),
};

/** `Clock.sleep` in terms of `Clock.timer`, for every clock. */
export function sleepOn(clock: Clock, delay: Milliseconds, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      timer[Symbol.dispose]();
      reject(signal.reason as Error);
    };
    const timer = clock.timer(delay, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Receives that wait for a message (long polling), served in the order in which they came. */
import type { Clock } from '../../../kernel/clock.ts';
import { milliseconds } from '../../../kernel/quantity.ts';

interface Waiting<Result> {
  /** @returns Nothing when there is nothing to give yet. */
  readonly serve: () => Result | undefined;
  /** Ends it with nothing. */
  readonly leave: () => void;
  readonly end: (outcome: { readonly result: Result } | { readonly error: unknown }) => void;
}

export class WaitingReceives<Result> implements Disposable {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting<Result>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param time at most, in milliseconds
   * @param nothing what it gets when the time is over, or when nobody waits for the answer any more
   * @param serve looks for something to give
   */
  wait(time: number, signal: AbortSignal, nothing: Result, serve: () => Result | undefined): Promise<Result> {
    if (signal.aborted) return Promise.resolve(nothing);
    return new Promise((resolve, reject) => {
      const leave = (): void => waiting.end({ result: nothing });
      const waiting: Waiting<Result> = {
        serve,
        leave,
        end: (outcome) => {
          this.#waiting.delete(waiting);
          timer[Symbol.dispose]();
          signal.removeEventListener('abort', leave);
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.result);
        },
      };
      const timer = this.#clock.timer(milliseconds(time), leave);
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiting);
    });
  }

  /** Something may have become visible. */
  wake(): void {
    for (const waiting of this.#waiting) {
      const result = waiting.serve();
      if (result === undefined) return;
      waiting.end({ result });
    }
  }

  /** Ends all of them with an error. */
  fail(error: unknown): void {
    for (const waiting of [...this.#waiting]) waiting.end({ error });
  }

  /** Ends all of them with nothing. */
  [Symbol.dispose](): void {
    for (const waiting of [...this.#waiting]) waiting.leave();
  }
}

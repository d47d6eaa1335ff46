/** What follows the runtime's answer: extensions end their work on the invocation, within its time-out. */
import type { Clock } from '../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../kernel/quantity.ts';
import type { RunOutcome } from './environment-outcome.ts';

/** `after` is what it took. */
export type PostRuntimeEnd = { readonly after: Milliseconds } & (
  | { readonly kind: 'done' }
  | Extract<RunOutcome, { kind: 'timed-out' | 'exited' | 'extension-failed' | 'stopped' }>
);

type Failure = Extract<RunOutcome, { kind: 'timed-out' | 'exited' | 'extension-failed' | 'stopped' }>;

export class PostRuntime {
  /** Never rejects. */
  readonly ended: Promise<PostRuntimeEnd>;
  readonly #end = Promise.withResolvers<{ readonly kind: 'done' } | Failure>();

  /** @param over told of the end before anybody who waits for `ended` */
  constructor(clock: Clock, limit: Milliseconds, done: Promise<void>, over: (end: PostRuntimeEnd) => void) {
    const began = clock.monotonic();
    const timer = clock.timer(limit, () => this.fail({ kind: 'timed-out' }));
    void done.then(() => this.#end.resolve({ kind: 'done' }));
    this.ended = this.#end.promise.then((outcome) => {
      timer[Symbol.dispose]();
      const end = { ...outcome, after: milliseconds(clock.monotonic() - began) };
      over(end);
      return end;
    });
  }

  fail(failure: Failure): void {
    this.#end.resolve(failure);
  }
}

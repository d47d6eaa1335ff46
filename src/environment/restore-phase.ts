/**
 * What happens between the init phase and the first invocation of a version that starts from a snapshot. No memory is
 * kept: a process initialises again, and what the runtime does around its snapshot is done all the same.
 * @see Lambda developer guide, "Implement code before or after Lambda function snapshots"
 */
import type { Clock, Timer } from '../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../kernel/quantity.ts';

/** Whether an environment is there to have its snapshot taken, or to begin from one. */
export type SnapshotUse = 'taken' | 'restored';

/** Source: Lambda developer guide, "Lambda execution environment lifecycle", restore phase. */
const restoreLimit = milliseconds(10_000);

export interface RestorePhaseDeps {
  readonly use: SnapshotUse;
  readonly clock: Clock;
  /** The runtime has initialised, and its snapshot can be taken. */
  readonly taken: () => void;
  /** It has, and is restored now. */
  readonly restored: () => void;
  /** Hooks take longer than they may. */
  readonly late: () => void;
}

/** Disposing it, at the end of the phase, stops its time. */
export class RestorePhase implements Disposable {
  readonly #deps: RestorePhaseDeps;
  #timer: Timer | undefined;
  #began: Milliseconds | undefined;
  #took = milliseconds(0);

  constructor(deps: RestorePhaseDeps) {
    this.#deps = deps;
  }

  /** What the runtime does after the restore has taken; nothing for runtimes that do not ask. */
  get took(): Milliseconds {
    return this.#took;
  }

  /** The runtime asks to be restored; who has its snapshot taken never is. */
  readonly asked = (proceed: () => void): void => {
    const { use, clock, taken, restored, late } = this.#deps;
    if (use === 'taken') {
      taken();
      return;
    }
    restored();
    this.#began = clock.monotonic();
    this.#timer = clock.timer(restoreLimit, late);
    proceed();
  };

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#began !== undefined) this.#took = milliseconds(this.#deps.clock.monotonic() - this.#began);
    this.#began = undefined;
  }
}

/** One init phase of an environment, with the restore that follows it where its version starts from a snapshot. */
import type { Clock, Timer } from '../kernel/clock.ts';
import { type Milliseconds, milliseconds } from '../kernel/quantity.ts';
import type { InitAnswer } from '../runtime-api/runtime-event.ts';
import { RuntimeSession } from '../runtime-api/runtime-session.ts';
import { DelayedBoot } from './delayed-boot.ts';
import type { BootOutcome, RestoreFailure } from './environment-outcome.ts';
import { RestorePhase, type SnapshotUse } from './restore-phase.ts';

export interface BootDeps {
  readonly clock: Clock;
  readonly snapshot: SnapshotUse | undefined;
  /** Its end is told that much later than it was reached. */
  readonly delay: Milliseconds | undefined;
  /** The runtime has initialised, or failed to: calls `booted` when what runs beside it has too. */
  readonly initialised: (answer: InitAnswer, booted: (answer: InitAnswer) => void) => void;
  /** The runtime has nothing to do. */
  readonly becameIdle: () => void;
}

export class Boot {
  /** Of the process that is started. */
  readonly session: RuntimeSession;
  readonly #clock: Clock;
  readonly #restore: RestorePhase | undefined;
  readonly #delayed: DelayedBoot;
  readonly #ending = Promise.withResolvers<BootOutcome>();
  #timer: Timer | undefined;
  #failure: RestoreFailure | undefined;

  constructor({ clock, snapshot, delay, initialised, becameIdle }: BootDeps) {
    this.#clock = clock;
    this.#delayed = new DelayedBoot(clock, delay, this.end);
    const answered = (answer: InitAnswer): void => initialised(answer, this.#delayed.told);
    this.#restore =
      snapshot &&
      new RestorePhase({
        use: snapshot,
        clock,
        taken: () => answered({ kind: 'ready' }),
        // The restore has a limit of its own.
        restored: () => this.#timer?.[Symbol.dispose](),
        late: () => this.end({ kind: 'restore-timed-out' }),
      });
    this.session = new RuntimeSession(answered, becameIdle, this.#restore?.asked);
  }

  /** What the runtime has done after it was restored from a snapshot took. */
  get restoreDuration(): Milliseconds {
    return this.#restore?.took ?? milliseconds(0);
  }

  /** A failure of the restore, once: it is for the invocation that waits for it, or for the next. */
  takeRestoreFailure(): RestoreFailure | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  /** The first end counts. */
  readonly end = (outcome: BootOutcome | Promise<BootOutcome>): void => this.#ending.resolve(outcome);

  /** The process runs: it has this long. */
  async ended(limit: Milliseconds): Promise<BootOutcome> {
    using timer = this.#clock.timer(limit, () => this.end({ kind: 'timed-out' }));
    using _restore = this.#restore;
    using _delayed = this.#delayed;
    this.#timer = timer;
    const outcome = await this.#ending.promise;
    if (outcome.kind === 'restore-error' || outcome.kind === 'restore-timed-out') this.#failure = outcome;
    return outcome;
  }
}

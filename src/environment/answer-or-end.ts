/** Takes the answer of a run. One that is cut off most often is the end of the process, and how that ended says more. */
import type { Clock, Timer } from '../kernel/clock.ts';
import { type Bytes, milliseconds } from '../kernel/quantity.ts';
import type { RuntimeAnswer } from '../runtime-api/runtime-event.ts';
import type { RunOutcome } from './environment-outcome.ts';

/** How long a process that let go of its connection may take to end; then it counts as one that lives on. */
const endOfProcess = milliseconds(1000);

const errorType = 'Runtime.TruncatedResponse';
const truncated = Buffer.from(JSON.stringify({ errorType, errorMessage: 'Response is incomplete' }));

/** To be disposed when the run is settled, by this or by the exit of the process. */
export class AnswerOrEnd implements Disposable {
  readonly #clock: Clock;
  readonly #settle: (outcome: RunOutcome) => void;
  #timer: Timer | undefined;

  constructor(clock: Clock, settle: (outcome: RunOutcome) => void) {
    this.#clock = clock;
    this.#settle = settle;
  }

  readonly answered = (answer: RuntimeAnswer): void => {
    if (answer.kind !== 'cut-off') this.#settle(answer);
    else this.#timer = this.#clock.timer(endOfProcess, () => this.#settle(truncatedAnswer(answer.size)));
  };

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }
}

const truncatedAnswer = (size: Bytes): RunOutcome => ({
  kind: 'streamed',
  size,
  error: { errorType, payload: truncated },
});

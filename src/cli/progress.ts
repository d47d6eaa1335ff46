/** Tells a person at a terminal that something takes its time: from the second second on, one line that goes away again. */
import type { Timer } from '../kernel/clock.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { CliContext } from './cli-context.ts';
import { durationText } from './duration-text.ts';

const patience = milliseconds(1000);
const frameTime = milliseconds(120);
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** To the begin of the line, and nothing behind it. */
const clearLine = '\r\x1b[K';

export class Progress implements Disposable {
  readonly #context: Pick<CliContext, 'stderr' | 'clock'>;
  readonly #label: string;
  readonly #started: number;
  #timer: Timer | undefined;
  #frame = 0;
  #shown = false;

  /** @param label `invoking hello`, without a full stop */
  constructor({ stderr, clock, environment }: Pick<CliContext, 'stderr' | 'clock' | 'environment'>, label: string) {
    this.#context = { stderr, clock };
    this.#label = label;
    this.#started = clock.monotonic();
    if (stderr.isTTY === true && environment['TERM'] !== 'dumb') {
      this.#timer = clock.timer(patience, () => this.#draw());
    }
  }

  /** Something else is about to be written there. */
  clear(): void {
    if (this.#shown) this.#context.stderr.write(clearLine);
    this.#shown = false;
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.clear();
  }

  #draw(): void {
    const { clock, stderr } = this.#context;
    const elapsed = durationText((clock.monotonic() - this.#started) / 1000);
    stderr.write(`${clearLine}${frames[this.#frame % frames.length]} ${this.#label} (${elapsed})`);
    this.#shown = true;
    this.#frame += 1;
    this.#timer = clock.timer(frameTime, () => this.#draw());
  }
}

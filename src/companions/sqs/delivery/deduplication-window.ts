/** Remembers for five minutes what was sent to a FIFO queue, also after it was received and deleted. */
import type { Clock } from '../../../kernel/clock.ts';

/** Milliseconds. Source: Amazon SQS developer guide, "Using the message deduplication ID". */
export const deduplicationInterval = 5 * 60 * 1000;

export interface SentBefore {
  readonly messageId: string;
  readonly sequence: number;
}

interface Entry extends SentBefore {
  readonly until: number;
}

export class DeduplicationWindow {
  readonly #clock: Clock;
  /** In the order in which they end. */
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(key: string): SentBefore | undefined {
    this.#forgetOld();
    return this.#entries.get(key);
  }

  remember(key: string, sent: SentBefore): void {
    this.#forgetOld();
    this.#entries.delete(key);
    this.#entries.set(key, { ...sent, until: this.#clock.now() + deduplicationInterval });
  }

  clear(): void {
    this.#entries.clear();
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [key, { until }] of this.#entries) {
      if (until > now) return;
      this.#entries.delete(key);
    }
  }
}

/** Lets a client of a FIFO queue that lost an answer ask again for the very same messages. */
import type { Clock } from '../../../kernel/clock.ts';
import type { Message } from '../message/message.ts';
import { deduplicationInterval } from './deduplication-window.ts';

interface Attempt {
  /** Each with the receipt that it was given. */
  readonly received: readonly (readonly [message: Message, receipt: number])[];
  readonly until: number;
}

export class ReceiveAttempts {
  readonly #clock: Clock;
  /** In the order in which they end. */
  readonly #attempts = new Map<string, Attempt>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns Nothing when there was no such attempt, or when any of its messages was changed, deleted or received anew. */
  find(id: string): readonly Message[] | undefined {
    this.#forgetOld();
    const attempt = this.#attempts.get(id);
    const isWhole = attempt?.received.every(
      ([message, receipt]) => message.state === 'in-flight' && message.receipt === receipt && !message.isTimeoutChanged,
    );
    return isWhole === true ? attempt?.received.map(([message]) => message) : undefined;
  }

  remember(id: string, messages: readonly Message[]): void {
    this.#forgetOld();
    this.#attempts.delete(id);
    this.#attempts.set(id, {
      received: messages.map((message) => [message, message.receipt]),
      until: this.#clock.now() + deduplicationInterval,
    });
  }

  clear(): void {
    this.#attempts.clear();
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [id, { until }] of this.#attempts) {
      if (until > now) return;
      this.#attempts.delete(id);
    }
  }
}

/** A logger of the daemon that keeps what is said. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../../src/kernel/logger.ts';

export class RecordedMessages implements Logger {
  readonly messages: string[] = [];
  #heard = Promise.withResolvers<void>();

  readonly debug = (message: string): void => this.#hear(message);
  readonly info = (message: string): void => this.#hear(message);
  readonly warn = (message: string): void => this.#hear(message);
  readonly error = (message: string): void => this.#hear(message);

  /** Resolves when such a message has come. @throws Error when it does not for ten seconds */
  async until(wanted: RegExp): Promise<void> {
    const late = new AbortController();
    const limit = delay(10_000, undefined, { signal: late.signal }).then(
      () => 'late' as const,
      () => undefined,
    );
    while (!this.messages.some((message) => wanted.test(message))) {
      if ((await Promise.race([this.#heard.promise, limit])) === 'late') {
        throw new Error(`nobody said ${String(wanted)}, but:\n${this.messages.join('\n')}`);
      }
    }
    late.abort();
  }

  #hear(message: string): void {
    this.messages.push(message);
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}

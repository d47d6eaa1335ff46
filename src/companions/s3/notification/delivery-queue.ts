/** Runs deliveries beside the requests that cause them: in order for each key, a few at a time, each tried a little. */
import type { Clock } from '../../../kernel/clock.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { Semaphore } from '../../../kernel/semaphore.ts';

const atOnce = 16;
/** Before the second attempt, the third and so on. */
const pauses = [milliseconds(200), milliseconds(1000), milliseconds(3000)];

export interface DeliveryQueueDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Delivery {
  /** Deliveries of the same one are made one after the other. */
  readonly key: string;
  /** For the log. */
  readonly destination: string;
  readonly run: () => Promise<void>;
}

export class DeliveryQueue implements AsyncDisposable {
  readonly #deps: DeliveryQueueDeps;
  readonly #permits = new Semaphore(atOnce);
  readonly #last = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(deps: DeliveryQueueDeps) {
    this.#deps = deps;
  }

  add(delivery: Delivery): void {
    if (this.#closing.signal.aborted) return;
    const { key } = delivery;
    const former = this.#last.get(key) ?? Promise.resolve();
    const done = former.then(() => this.#deliver(delivery));
    this.#last.set(key, done);
    void done.finally(() => {
      if (this.#last.get(key) === done) this.#last.delete(key);
    });
  }

  /** Gives up what is not delivered yet. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#last.values());
  }

  /** Never rejects. */
  async #deliver({ destination, run }: Delivery): Promise<void> {
    using _permit = await this.#permits.enter();
    for (const pause of [...pauses, undefined]) {
      if (this.#closing.signal.aborted) return;
      try {
        return await run();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (pause === undefined) {
          this.#deps.logger.warn('A notification of a bucket could not be delivered.', { destination, reason });
          return;
        }
        const woken = this.#deps.clock.sleep(pause, this.#closing.signal);
        await woken.catch(() => undefined);
      }
    }
  }
}

/** Deliveries in the background: in order for each key, tried again while that may help, given up at the end. */
import type { Clock } from '../kernel/clock.ts';
import type { Milliseconds } from '../kernel/quantity.ts';

export type Delivery = (signal: AbortSignal) => Promise<void>;

/** What another attempt cannot mend. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

export class DeliveryLines implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  /** The last delivery of each key, which the next one waits for. */
  readonly #last = new Map<string, Promise<void>>();
  readonly #unordered = new Set<Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Returns at once. The delivery begins when those before it with the same key have ended, and must not reject. */
  add(key: string, deliver: Delivery): void {
    const before = this.#last.get(key) ?? Promise.resolve();
    const delivery = before
      .then(() => (this.#stop.signal.aborted ? undefined : deliver(this.#stop.signal)))
      .finally(() => {
        if (this.#last.get(key) === delivery) this.#last.delete(key);
      });
    this.#last.set(key, delivery);
  }

  /** Returns at once; nothing waits for it but the end. It must not reject. */
  run(deliver: Delivery): void {
    if (this.#stop.signal.aborted) return;
    const running = deliver(this.#stop.signal).finally(() => this.#unordered.delete(running));
    this.#unordered.add(running);
  }

  /**
   * Attempts until one succeeds. Resolves with the failure once there is no delay for another attempt or none can mend it;
   * with nothing after success, or when all is given up.
   * @param delayAfter how long to wait after so many attempts
   * @param before what failed already, to go on from there
   */
  async attempt(
    work: Delivery,
    delayAfter: (attempts: number) => Milliseconds | undefined,
    before?: FailedDelivery,
  ): Promise<FailedDelivery | undefined> {
    const { signal } = this.#stop;
    let failed = before;
    while (!signal.aborted) {
      if (failed !== undefined) {
        const delay = failed.error instanceof Undeliverable ? undefined : delayAfter(failed.attempts);
        if (delay === undefined) return failed;
        await this.#clock.sleep(delay, signal).catch(() => undefined);
        if (signal.aborted) return undefined;
      }
      try {
        await work(signal);
        return undefined;
      } catch (error) {
        failed = { error, attempts: (failed?.attempts ?? 0) + 1 };
      }
    }
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the daemon is shutting down'));
    await Promise.all([...this.#last.values(), ...this.#unordered]);
  }
}

export interface FailedDelivery {
  readonly error: unknown;
  readonly attempts: number;
}

/** One subscription to a shard: its events as they come, for five minutes at most. */
import type { Clock } from '../../../kernel/clock.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import type { Shard, ShardRead } from '../shard/shard.ts';

/** Source: Kinesis API reference, SubscribeToShard. */
const duration = 5 * 60 * 1000;
/** Clients give a silent connection up after about half a minute. */
const heartbeat = 5000;
const recordsPerEvent = 10_000;
const bytesPerEvent = 1024 * 1024;

export interface SubscriptionDeps {
  readonly clock: Clock;
  readonly shard: Shard;
  /** Inclusive. */
  readonly position: bigint;
  /** Milliseconds since the epoch: nothing older is kept. */
  readonly trimHorizon: () => number;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

export type SubscriptionEnd = 'taken-over' | 'deleted';

export class Subscription {
  readonly #deps: SubscriptionDeps;
  readonly #until: number;
  #ended: SubscriptionEnd | undefined;
  #wake = (): void => {};

  constructor(deps: SubscriptionDeps) {
    this.#deps = deps;
    this.#until = deps.clock.now() + duration;
  }

  /** Why it ended before its time. */
  get ended(): SubscriptionEnd | undefined {
    return this.#ended;
  }

  end(why: SubscriptionEnd): void {
    this.#ended ??= why;
    this.#wake();
  }

  /** Records at once when there are any, otherwise an empty read every few seconds; the shard's end is the last one. */
  async *reads(): AsyncGenerator<ShardRead, void, void> {
    const { clock, shard, trimHorizon } = this.#deps;
    let position = this.#deps.position;
    let isDue = true;
    while (this.#isRunning()) {
      shard.trim(trimHorizon());
      const read = shard.read(position, recordsPerEvent, bytesPerEvent, clock.now());
      position = read.next;
      if (isDue || read.records.length > 0 || read.isEnd) {
        yield read;
        if (read.isEnd) return;
        // The client took its time with it: what came meanwhile is looked for before anything is waited for.
        isDue = false;
        continue;
      }
      isDue = (await this.#change()) === 'silence';
    }
  }

  #isRunning(): boolean {
    const { clock, signal } = this.#deps;
    return this.#ended === undefined && !signal.aborted && clock.now() < this.#until;
  }

  /** Waits for a record, the end of the shard or of the subscription, or until it has been silent for too long. */
  async #change(): Promise<'change' | 'silence'> {
    const { clock, shard, signal } = this.#deps;
    if (!this.#isRunning()) return 'change';
    const { promise, resolve } = Promise.withResolvers<'change' | 'silence'>();
    const changed = (): void => resolve('change');
    this.#wake = changed;
    using _watch = shard.watch(changed);
    const left = Math.min(heartbeat, this.#until - clock.now());
    using _timer = clock.timer(milliseconds(left), () => resolve('silence'));
    signal.addEventListener('abort', changed, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', changed);
      this.#wake = () => {};
    }
  }
}

/** One subscriber of an environment's telemetry: what is to be told to it, in batches, and never more than fits. */
import type { Clock, Timer } from '../../kernel/clock.ts';
import { milliseconds } from '../../kernel/quantity.ts';
import type { TelemetryDestination } from './telemetry-destination.ts';
import type { DroppedRecords, TelemetryEvent } from './telemetry-event.ts';
import { recordsFor } from './telemetry-record.ts';
import type { TelemetrySubscription } from './telemetry-subscription.ts';

/** How long a subscriber may take to acknowledge a batch. */
const answerLimit = milliseconds(5000);

/** Between attempts to deliver a batch: the first pause, doubled with each failure up to the longest. */
const firstPause = 50;
const longestPause = 5000;

/** AWS's words. */
const fallenBehind = 'Consumer seems to have fallen behind as it has not acknowledged receipt of logs.';

export class TelemetrySubscriber implements Disposable {
  readonly subscription: TelemetrySubscription;
  readonly #destination: TelemetryDestination;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  readonly #emptied: (() => void)[] = [];
  #queue: string[] = [];
  #bytes = 0;
  #dropped = { records: 0, bytes: 0 };
  #due = false;
  #sending = false;
  #paused = false;
  #pause = firstPause;
  #batchTimer: Timer | undefined;
  #attemptTimer: Timer | undefined;

  constructor(subscription: TelemetrySubscription, destination: TelemetryDestination, clock: Clock) {
    this.subscription = subscription;
    this.#destination = destination;
    this.#clock = clock;
  }

  add(event: TelemetryEvent): void {
    if (this.#stop.signal.aborted) return;
    for (const record of recordsFor(this.subscription, event)) this.#put(record);
  }

  /** Sends at once what waits; resolves when all of it was taken, or the subscriber is disposed of. */
  flush(): Promise<void> {
    if (this.#stop.signal.aborted || (this.#queue.length === 0 && !this.#sending)) return Promise.resolve();
    this.#due = true;
    return new Promise((resolve) => {
      this.#emptied.push(resolve);
      this.#sendIfDue();
    });
  }

  /** The environment stands still: nothing is sent, and nobody is late. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#attemptTimer?.restart();
    this.#sendIfDue();
  }

  [Symbol.dispose](): void {
    this.#stop.abort(new Error('the environment is gone'));
    this.#batchTimer?.[Symbol.dispose]();
    this.#attemptTimer?.[Symbol.dispose]();
    this.#destination[Symbol.dispose]();
    this.#queue = [];
    this.#tellEmptied();
  }

  #put(record: string): void {
    const { maxBytes, maxItems, timeoutMs } = this.subscription.buffering;
    const size = Buffer.byteLength(record);
    if (this.#queue.length >= maxItems || (this.#queue.length > 0 && this.#bytes + size > maxBytes)) {
      this.#dropped.records += 1;
      this.#dropped.bytes += size;
      return;
    }
    this.#queue.push(record);
    this.#bytes += size;
    if (this.#queue.length >= maxItems || this.#bytes >= maxBytes / 2) this.#becomeDue();
    else if (this.#queue.length === 1) {
      if (this.#batchTimer !== undefined) this.#batchTimer.restart();
      else this.#batchTimer = this.#clock.timer(milliseconds(timeoutMs), () => this.#becomeDue());
    }
  }

  #becomeDue(): void {
    this.#due = true;
    this.#sendIfDue();
  }

  #sendIfDue(): void {
    if (!this.#due || this.#sending || this.#paused || this.#queue.length === 0) return;
    const batch = this.#queue;
    this.#queue = [];
    this.#bytes = 0;
    this.#due = false;
    this.#sending = true;
    void this.#deliver(batch); // It never rejects, and ends with this subscriber.
  }

  async #deliver(batch: readonly string[]): Promise<void> {
    while (!this.#stop.signal.aborted && !(await this.#attempt(batch))) {
      await this.#clock.sleep(milliseconds(this.#pause), this.#stop.signal).catch(() => {}); // Only the end aborts it.
      this.#pause = Math.min(this.#pause * 2, longestPause);
    }
    this.#sending = false;
    if (this.#stop.signal.aborted) return;
    this.#pause = firstPause;
    this.#due ||= this.#emptied.length > 0;
    this.#sendIfDue();
    this.#tellDropped(); // Now there is room for that.
    if (this.#queue.length === 0 && !this.#sending) this.#tellEmptied();
    else if (this.#emptied.length > 0) this.#becomeDue();
  }

  async #attempt(batch: readonly string[]): Promise<boolean> {
    const late = new AbortController();
    const timer = this.#clock.timer(answerLimit, () => {
      if (!this.#paused) late.abort(new Error('the subscriber does not answer'));
    });
    this.#attemptTimer = timer;
    try {
      await this.#destination.send(batch, AbortSignal.any([late.signal, this.#stop.signal]));
      return true;
    } catch {
      return false; // Nobody listens, or not well: the batch is kept and tried again.
    } finally {
      timer[Symbol.dispose]();
      this.#attemptTimer = undefined;
    }
  }

  #tellDropped(): void {
    const { records, bytes } = this.#dropped;
    if (records === 0) return;
    this.#dropped = { records: 0, bytes: 0 };
    const record: DroppedRecords = { droppedRecords: records, droppedBytes: bytes, reason: fallenBehind };
    this.add({ time: this.#clock.now(), type: 'platform.logsDropped', record });
  }

  #tellEmptied(): void {
    for (const resolve of this.#emptied.splice(0)) resolve();
  }
}

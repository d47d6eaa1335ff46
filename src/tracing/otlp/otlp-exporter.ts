/**
 * Sends what is recorded to an OpenTelemetry collector: in batches, in the background, from a bounded queue. A collector
 * that is slow or away costs spans, never time of an invocation.
 */
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { type Milliseconds, milliseconds } from '../../kernel/quantity.ts';
import type { Random } from '../../kernel/random.ts';
import { settledWithin } from '../../kernel/settled-within.ts';
import type { SegmentDocument, SegmentSink } from '../segment-document.ts';
import type { Collector, PostOutcome } from './collector.ts';
import { exportRequest } from './otlp-request.ts';
import { SpanQueue } from './span-queue.ts';

export interface OtlpExporterDeps {
  readonly collector: Collector;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const capacity = 4096;
const largestBatch = 512;
/** Long enough that what functions send by themselves is mostly sent with the segment that it belongs to. */
const batchDelay = milliseconds(1000);
const postLimit = milliseconds(10_000);
const firstPause = milliseconds(1000);
const longestPause = milliseconds(30_000);
/** For what is still queued at the end. */
const lastLimit = milliseconds(1000);

export class OtlpExporter implements SegmentSink, AsyncDisposable {
  readonly #deps: OtlpExporterDeps;
  readonly #queue = new SpanQueue(capacity);
  readonly #stop = new AbortController();
  #sending: Promise<void> | undefined;
  #lost = 0;
  readonly #told = new Set<'trouble' | 'loss'>();

  constructor(deps: OtlpExporterDeps) {
    this.#deps = deps;
  }

  /** Spans that never reached the collector: no room for them, or it would not have them. */
  get lost(): number {
    return this.#lost + this.#queue.dropped;
  }

  take(document: SegmentDocument): void {
    if (this.#stop.signal.aborted) return;
    const { dropped } = this.#queue;
    this.#queue.add(document);
    if (this.#queue.dropped > dropped) this.#tell('loss', 'the queue is full');
    if (this.#queue.size > 0) this.#sending ??= this.#sendAll();
  }

  /** What is queued is tried once more, shortly. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort(new Error('the daemon is shutting down'));
    await this.#sending;
    while (this.#queue.size > 0) {
      const { body, spans } = this.#batch();
      if ((await this.#post(body, lastLimit)).kind === 'accepted') continue;
      this.#lost += spans + this.#queue.size;
      break;
    }
    if (this.lost > 0) this.#deps.logger.warn(`${this.lost} spans did not reach the OpenTelemetry collector.`);
    this.#deps.collector[Symbol.dispose]();
  }

  async #sendAll(): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = this.#stop;
    while (this.#queue.size > 0 && !signal.aborted) {
      if (this.#queue.size < largestBatch && !(await slept(clock, batchDelay, signal))) break;
      await this.#send();
    }
    this.#sending = undefined;
  }

  /** One batch, until the collector has it or will not have it. */
  async #send(): Promise<void> {
    const { clock, random } = this.#deps;
    const { body, spans } = this.#batch();
    for (let pause = firstPause; ; pause = milliseconds(Math.min(2 * pause, longestPause))) {
      const outcome = await this.#post(body, postLimit);
      if (outcome.kind === 'accepted') return;
      if (outcome.kind === 'later') {
        // Not all of this machine's daemons at once.
        const wait = outcome.after ?? milliseconds(pause * (0.5 + random.fraction() / 2));
        this.#tell('trouble', outcome.reason);
        if (await slept(clock, wait, this.#stop.signal)) continue;
      } else {
        this.#tell('loss', outcome.reason);
      }
      this.#lost += spans;
      return;
    }
  }

  #batch(): { readonly body: string; readonly spans: number } {
    const before = this.#queue.size;
    const body = exportRequest(this.#queue.take(largestBatch));
    return { body, spans: before - this.#queue.size };
  }

  async #post(body: string, limit: Milliseconds): Promise<PostOutcome> {
    const given = new AbortController();
    const outcome = await settledWithin(this.#deps.clock, limit, this.#deps.collector.post(body, given.signal));
    if (outcome !== undefined) return outcome;
    given.abort(new Error('the collector takes too long'));
    return { kind: 'later', after: undefined, reason: 'it takes too long' };
  }

  /** Of each once: a collector that is away stays away for many batches. */
  #tell(what: 'trouble' | 'loss', reason: string): void {
    if (this.#told.has(what)) return;
    this.#told.add(what);
    const consequence = what === 'trouble' ? 'is tried again' : 'does not get all spans';
    this.#deps.logger.warn(`The OpenTelemetry collector ${consequence}: ${reason}.`);
  }
}

/** Whether the time has passed, and not been cut short. */
async function slept(clock: Clock, delay: Milliseconds, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(delay, signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

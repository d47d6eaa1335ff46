/** The latest log events of each function, in memory: bounded, so that a function that floods costs no more than that. */
import type { LogEvent, LogSink } from '../../environment/log-sink.ts';
import { type Milliseconds, milliseconds } from '../../kernel/quantity.ts';

/** UTF-16 units of messages kept for one function; the oldest go first. */
const keptSize = 2 * 1024 * 1024;

/** What a line costs beside its text. */
const lineOverhead = 64;

/** Exact in a number that counts milliseconds since the epoch. */
const tick = 1 / 1024;

export interface LogPage {
  /** Oldest first. */
  readonly events: readonly LogEvent[];
  /** The `since` with which to go on. */
  readonly next: Milliseconds;
}

interface Kept {
  readonly event: LogEvent;
  /** Its time, moved by ticks so that no two are alike: a reader can go on exactly where it stopped. */
  readonly position: Milliseconds;
}

interface FunctionEvents {
  readonly events: Kept[];
  size: number;
}

export class LogBuffer implements LogSink {
  readonly #functions = new Map<string, FunctionEvents>();
  readonly #watchers = new Set<(event: LogEvent) => void>();
  #latest = milliseconds(0);

  append(event: LogEvent): void {
    this.#latest = milliseconds(Math.max(event.timestamp, this.#latest + tick));
    const kept = this.#of(event.functionName);
    kept.events.push({ event, position: this.#latest });
    kept.size += event.message.length + lineOverhead;
    if (kept.size > keptSize) drop(kept);
    for (const watcher of this.#watchers) watcher(event);
  }

  /** Events of one function, or of all, that came after a point in time or after an earlier page. */
  since(since: Milliseconds, functionName: string | undefined): LogPage {
    const wanted = functionName === undefined ? [...this.#functions.values()] : [this.#functions.get(functionName)];
    const newer = wanted
      .flatMap((kept) => kept?.events.filter(({ position }) => position > since) ?? [])
      .toSorted((a, b) => a.position - b.position);
    return { events: newer.map(({ event }) => event), next: newer.at(-1)?.position ?? since };
  }

  /** Calls `watcher` with each new event until the returned value is disposed. */
  watch(watcher: (event: LogEvent) => void): Disposable {
    this.#watchers.add(watcher);
    return {
      [Symbol.dispose]: () => {
        this.#watchers.delete(watcher);
      },
    };
  }

  #of(functionName: string): FunctionEvents {
    let kept = this.#functions.get(functionName);
    if (kept === undefined) {
      kept = { events: [], size: 0 };
      this.#functions.set(functionName, kept);
    }
    return kept;
  }
}

/** Drops the older half at once: dropping one by one would move the rest of the array each time. */
function drop(kept: FunctionEvents): void {
  const gone = kept.events.splice(0, Math.ceil(kept.events.length / 2));
  for (const { event } of gone) kept.size -= event.message.length + lineOverhead;
}

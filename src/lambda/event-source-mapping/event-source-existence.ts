/** Port: whether a source is there, which only the service that holds it can say. */
import type { EventSource } from './event-source.ts';

export interface EventSourceExistence {
  /** `unknown` when nobody can say; the mapping is then made all the same. */
  check(source: EventSource, signal: AbortSignal): Promise<'exists' | 'missing' | 'unknown'>;
}

/** For a daemon that reaches no services that hold sources. */
export const unknownExistence: EventSourceExistence = { check: () => Promise.resolve('unknown') };

/** Port: who reads the sources of mappings and invokes the functions with what there is. */
import type { EventSourceMappingRecord } from './event-source-mapping-record.ts';

export type PollingStart =
  | { readonly kind: 'polling' }
  /** The mapping is disabled then; `reason` is a sentence that its owner reads as StateTransitionReason. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface EventSourcePolling {
  /** Polls as the mapping says, from now on and in place of any earlier form of it. */
  start(mapping: EventSourceMappingRecord, signal: AbortSignal): Promise<PollingStart>;
  /** Resolves when nothing of the mapping runs any more. */
  stop(mapping: EventSourceMappingRecord): Promise<void>;
}

/** For a daemon without pollers. */
export const noPolling: EventSourcePolling = {
  start: () =>
    Promise.resolve({
      kind: 'unavailable',
      reason: 'lambdad does not poll event sources yet, so this mapping stays disabled.',
    }),
  stop: () => Promise.resolve(),
};

/** Brings mappings from Creating, Enabling, Updating, Disabling and Deleting to their end, in the background. */
import type { Clock } from '../../kernel/clock.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { RecordStore } from '../record-store.ts';
import type { EventSourceMappingRecord } from './event-source-mapping-record.ts';
import { isOnItsWay, type MappingState, transition } from './event-source-mapping-state.ts';
import type { EventSourcePolling, PollingStart } from './event-source-polling.ts';
import { traitsOf } from './source-traits.ts';

export interface MappingLifecycleDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly mappings: RecordStore<EventSourceMappingRecord>;
  readonly polling: EventSourcePolling;
}

export class MappingLifecycle implements AsyncDisposable {
  readonly #deps: MappingLifecycleDeps;
  readonly #tasks = new Set<Promise<void>>();
  readonly #disposal = new AbortController();

  constructor(deps: MappingLifecycleDeps) {
    this.#deps = deps;
  }

  /** Stores a mapping that is on its way to another state, and goes on from there. */
  begin(mapping: EventSourceMappingRecord): EventSourceMappingRecord {
    invariant(isOnItsWay(mapping.state), 'there is something to do');
    const reason = traitsOf(mapping.source).userAction;
    const begun = { ...mapping, stateTransitionReason: reason, lastModified: this.#deps.clock.now() };
    this.#deps.mappings.put(begun.scope, begun.uuid, begun);
    const task: Promise<void> = this.#run(begun).finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
    return begun;
  }

  /** What is under way is awaited; mappings stay in the store as they are. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposal.abort(new Error('the daemon stops'));
    await Promise.all(this.#tasks);
  }

  async #run(mapping: EventSourceMappingRecord): Promise<void> {
    // Also when there is nothing to wait for: the reply that shows the state goes first.
    await Promise.resolve();
    const outcome = await this.#outcome(mapping);
    if (mapping.state === 'Deleting') this.#deps.mappings.remove(mapping.scope, mapping.uuid);
    else if (!this.#disposal.signal.aborted) this.#finish(mapping, outcome);
  }

  /** Undefined for one that is not to be polled. */
  async #outcome(mapping: EventSourceMappingRecord): Promise<PollingStart | undefined> {
    const { polling, logger } = this.#deps;
    const { signal } = this.#disposal;
    try {
      if (mapping.state !== 'Deleting' && mapping.wanted === 'enabled') return await polling.start(mapping, signal);
      await polling.stop(mapping);
      return undefined;
    } catch (error) {
      if (!signal.aborted) {
        logger.error('An event source mapping could not change its state', { mapping: mapping.arn, error });
      }
      return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The mapping is read again: its tags may have changed meanwhile. Nothing else can have. */
  #finish({ scope, uuid }: EventSourceMappingRecord, outcome: PollingStart | undefined): void {
    const { mappings, clock } = this.#deps;
    const current = mappings.find(scope, uuid);
    if (current === undefined) return;
    const state: MappingState = outcome?.kind === 'polling' ? 'Enabled' : 'Disabled';
    mappings.put(scope, uuid, {
      ...current,
      state: transition(current.state, state),
      stateTransitionReason: outcome?.kind === 'unavailable' ? outcome.reason : current.stateTransitionReason,
      lastModified: clock.now(),
    });
  }
}

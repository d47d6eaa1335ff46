/** Brings capacity providers from Pending and Deleting to their end: at once, since no instances wait behind them. */
import type { RecordStore } from '../record-store.ts';
import type { CapacityProviderRecord } from './capacity-provider-record.ts';
import { transition } from './capacity-provider-state.ts';

export class CapacityProviderLifecycle implements AsyncDisposable {
  readonly #providers: RecordStore<CapacityProviderRecord>;
  readonly #tasks = new Set<Promise<void>>();

  constructor(providers: RecordStore<CapacityProviderRecord>) {
    this.#providers = providers;
  }

  /** Stores a provider that is Pending or Deleting, and goes on from there. */
  begin(provider: CapacityProviderRecord): CapacityProviderRecord {
    this.#providers.put(provider.scope, provider.name, provider);
    const task: Promise<void> = this.#finish(provider).finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
    return provider;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#tasks);
  }

  async #finish({ scope, name, state }: CapacityProviderRecord): Promise<void> {
    // The reply that shows the state goes first.
    await Promise.resolve();
    const current = this.#providers.find(scope, name);
    if (current?.state !== state) return;
    if (state === 'Deleting') this.#providers.remove(scope, name);
    else this.#providers.put(scope, name, { ...current, state: transition(state, 'Active') });
  }
}

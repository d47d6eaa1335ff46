/** Brings provisioned concurrency from in progress to its end, in the background. */
import type { Scope } from '../../aws/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Random } from '../../kernel/random.ts';
import type { ConcurrencyShares } from '../concurrency/concurrency-shares.ts';
import { functionKey } from '../function/function-key.ts';
import type { FunctionStore } from '../function/function-store.ts';
import type { RecordStore } from '../record-store.ts';
import type { VersionRecord } from '../version/version-record.ts';
import type { ProvisionedConcurrencyRecord } from './provisioned-concurrency-record.ts';
import type { ProvisionedEnvironments, ProvisioningOutcome } from './provisioned-environments.ts';
import { type ProvisionedState, transition } from './provisioned-state.ts';

export interface ProvisioningDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly functions: FunctionStore;
  readonly configs: RecordStore<ProvisionedConcurrencyRecord>;
  readonly concurrency: ConcurrencyShares;
  readonly environments: ProvisionedEnvironments;
}

/** Where a configuration is kept. */
export interface ProvisionedPlace {
  readonly scope: Scope;
  readonly functionName: string;
  /** A number or an alias. */
  readonly qualifier: string;
}

/** Source: Lambda API reference, PutProvisionedConcurrencyConfig, StatusReason. */
const initFailure: ProvisionedState = { kind: 'failed', reason: 'FUNCTION_ERROR_INIT_FAILURE' };
const inProgress: ProvisionedState = { kind: 'in-progress' };

export class Provisioning implements AsyncDisposable {
  readonly #deps: ProvisioningDeps;
  readonly #rounds = new Set<Promise<void>>();

  constructor(deps: ProvisioningDeps) {
    this.#deps = deps;
  }

  /**
   * Stores what is wanted as in progress, and begins to start environments; those that are there already stay.
   * @param lastModified when the user asked for it
   */
  begin(
    place: ProvisionedPlace,
    version: VersionRecord,
    requested: number,
    lastModified = this.#deps.clock.now(),
  ): ProvisionedConcurrencyRecord {
    const { configs, random } = this.#deps;
    const former = this.#find(place);
    const sameVersion = former?.version === version.version;
    if (former !== undefined && !sameVersion) this.#letGo(place, former);
    const config: ProvisionedConcurrencyRecord = {
      qualifier: place.qualifier,
      version: version.version,
      requested,
      allocated: sameVersion ? Math.min(former.allocated, requested) : 0,
      state: former === undefined ? inProgress : transition(former.state, inProgress),
      round: random.uuid(),
      lastModified,
    };
    configs.put(place.scope, keyOf(place), config);
    this.#deps.concurrency.refresh(place.scope, place.functionName);
    this.#track(this.#round(place, config, version));
    return config;
  }

  /** Removes the configuration with its environments; nothing when there is none. */
  end(place: ProvisionedPlace): void {
    const config = this.#find(place);
    if (config === undefined) return;
    this.#deps.configs.remove(place.scope, keyOf(place));
    this.#deps.concurrency.refresh(place.scope, place.functionName);
    this.#letGo(place, config);
  }

  /** Rounds under way are awaited: whoever runs functions ends them, and does so first. */
  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#rounds.size > 0) await Promise.all(this.#rounds);
  }

  async #round(
    place: ProvisionedPlace,
    { round, requested }: ProvisionedConcurrencyRecord,
    { runnable }: VersionRecord,
  ): Promise<void> {
    // An image: nothing here runs one.
    if (runnable === undefined) {
      await Promise.resolve();
      this.#finish(place, round, { kind: 'failed' });
      return;
    }
    this.#finish(place, round, await this.#deps.environments.provision(runnable, requested));
  }

  #finish(place: ProvisionedPlace, round: string, outcome: ProvisioningOutcome): void {
    const config = this.#find(place);
    if (config?.round !== round || outcome.kind === 'superseded') return;
    const ready = outcome.kind === 'provisioned';
    this.#deps.configs.put(place.scope, keyOf(place), {
      ...config,
      allocated: ready ? config.requested : 0,
      state: transition(config.state, ready ? { kind: 'ready' } : initFailure),
    });
    this.#deps.concurrency.refresh(place.scope, place.functionName);
  }

  #letGo({ scope, functionName }: ProvisionedPlace, { version }: ProvisionedConcurrencyRecord): void {
    const runnable = this.#deps.functions.findVersion(scope, functionName, version)?.runnable;
    // A version that is gone has been retired with all its environments.
    if (runnable !== undefined) this.#track(this.#deps.environments.provision(runnable, 0).then(() => undefined));
  }

  #find(place: ProvisionedPlace): ProvisionedConcurrencyRecord | undefined {
    return this.#deps.configs.find(place.scope, keyOf(place));
  }

  #track(round: Promise<void>): void {
    const tracked = round
      .catch((error: unknown) => this.#deps.logger.error('Environments could not be provisioned', { error }))
      .finally(() => this.#rounds.delete(tracked));
    this.#rounds.add(tracked);
  }
}

const keyOf = (place: ProvisionedPlace): string => functionKey(place.functionName, place.qualifier);

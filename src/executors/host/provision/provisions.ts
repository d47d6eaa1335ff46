/** How each runtime is run here: looked for once, and again when it was not there, as it may have been installed since. */
import { once } from 'node:events';
import type { Logger } from '../../../kernel/logger.ts';
import type { RuntimeId } from '../../../lambda/function/function-version.ts';
import { type ProvisionDeps, provisionRuntime, type RuntimeProvision, versionGap } from './runtime-provision.ts';

export interface ProvisionsDeps extends ProvisionDeps {
  readonly logger: Logger;
}

export class Provisions implements AsyncDisposable {
  readonly #deps: ProvisionsDeps;
  readonly #found = new Map<RuntimeId, Promise<RuntimeProvision>>();
  readonly #stop = new AbortController();

  constructor(deps: ProvisionsDeps) {
    this.#deps = deps;
  }

  /**
   * Others may wait for the same runtime: when `signal` aborts, only this wait ends.
   * @throws PreparationFailed when it cannot run here; the signal's reason
   */
  async of(runtime: RuntimeId, signal: AbortSignal): Promise<RuntimeProvision> {
    signal.throwIfAborted();
    let found = this.#found.get(runtime);
    if (found === undefined) {
      found = this.#find(runtime);
      this.#found.set(runtime, found);
      found.catch(() => this.#found.delete(runtime));
    }
    const waiting = new AbortController();
    try {
      return await Promise.race([found, rejection(signal, waiting.signal)]);
    } finally {
      waiting.abort();
    }
  }

  /** Ends what is still being looked for or fetched. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the host executor is disposed of'));
    await Promise.allSettled(this.#found.values());
  }

  async #find(runtime: RuntimeId): Promise<RuntimeProvision> {
    const provision = await provisionRuntime(runtime, this.#deps, this.#stop.signal);
    const gap = versionGap(provision);
    if (gap !== undefined) this.#deps.logger.warn(`The runtime ${runtime} runs on version ${gap}.`);
    return provision;
  }
}

/** Rejects when `signal` aborts, and lets go of it when nobody waits any more. */
async function rejection(signal: AbortSignal, ended: AbortSignal): Promise<never> {
  await once(signal, 'abort', { signal: ended });
  throw signal.reason;
}

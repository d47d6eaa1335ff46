/** A data plane to test the control plane with: it runs nothing, and the test says when a version is prepared. */
import type { FunctionVersion } from './function/function-version.ts';
import type { Preparation, VersionLifecycle } from './function/version-lifecycle.ts';

/** Prepares nothing and remembers all; held back while `automatic` is false. */
export class PretendedDataPlane implements VersionLifecycle {
  automatic = true;
  readonly retired: FunctionVersion[] = [];
  readonly #waiting = new Map<string, { version: FunctionVersion; finish: (preparation: Preparation) => void }>();

  prepare(version: FunctionVersion, signal: AbortSignal): Promise<Preparation> {
    if (this.automatic) return Promise.resolve({ kind: 'prepared' });
    return new Promise((finish, reject) => {
      this.#waiting.set(version.generation, { version, finish });
      signal.addEventListener('abort', () => {
        this.#waiting.delete(version.generation);
        reject(signal.reason as Error);
      });
    });
  }

  retire(version: FunctionVersion): void {
    this.retired.push(version);
  }

  get waiting(): readonly FunctionVersion[] {
    return Array.from(this.#waiting.values(), (entry) => entry.version);
  }

  /** Ends all preparations that wait, and lets what follows from that happen. */
  async finish(preparation: Preparation = { kind: 'prepared' }): Promise<void> {
    await settle();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const entry of waiting) entry.finish(preparation);
    await settle();
  }
}

/** Until nothing more happens without time passing or somebody acting. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

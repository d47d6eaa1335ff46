/** A data plane to test the control plane with: it runs nothing, and the test says when a version is prepared. */
import type { FunctionVersion } from './function/function-version.ts';
import type { Preparation, VersionLifecycle } from './function/version-lifecycle.ts';
import type {
  ProvisionedEnvironments,
  ProvisioningOutcome,
} from './provisioned-concurrency/provisioned-environments.ts';

/** Prepares nothing and remembers all; held back while `automatic` is false. */
export class PretendedDataPlane implements VersionLifecycle, ProvisionedEnvironments {
  automatic = true;
  readonly retired: FunctionVersion[] = [];
  /** What was asked for, by `name:version`; answered when the test says so, at once while `automatic`. */
  readonly provisioned = new Map<string, number>();
  readonly #provisioning: ((outcome: ProvisioningOutcome) => void)[] = [];
  readonly #waiting = new Map<string, { version: FunctionVersion; finish: (preparation: Preparation) => void }>();
  /** Tells how far the latest preparation is. */
  progress: ((what: string) => void) | undefined;

  prepare(version: FunctionVersion, signal: AbortSignal, progress?: (what: string) => void): Promise<Preparation> {
    this.progress = progress;
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

  provision({ functionName, version }: FunctionVersion, count: number): Promise<ProvisioningOutcome> {
    this.provisioned.set(`${functionName}:${version}`, count);
    if (this.automatic || count === 0) return Promise.resolve({ kind: 'provisioned' });
    return new Promise((resolve) => this.#provisioning.push(resolve));
  }

  /** Ends all rounds of provisioning that wait. */
  async finishProvisioning(outcome: ProvisioningOutcome = { kind: 'provisioned' }): Promise<void> {
    for (const resolve of this.#provisioning.splice(0)) resolve(outcome);
    await settle();
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

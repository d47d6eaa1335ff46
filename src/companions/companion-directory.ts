/** The companions of a daemon, each opened when it is first needed. */
import type { EmbeddedService } from '../aws/embedded-service.ts';
import type { ServiceName } from '../aws/service-names.ts';

export type CompanionOpener = () => Promise<EmbeddedService>;

export class CompanionDirectory implements AsyncDisposable {
  readonly #openers: Readonly<Partial<Record<ServiceName, CompanionOpener>>>;
  readonly #open = new Map<ServiceName, Promise<EmbeddedService>>();
  #isClosed = false;

  constructor(openers: Readonly<Partial<Record<ServiceName, CompanionOpener>>>) {
    this.#openers = openers;
  }

  has(name: ServiceName): boolean {
    return this.#openers[name] !== undefined;
  }

  isOpen(name: ServiceName): boolean {
    return this.#open.has(name);
  }

  /** The service, opened at the first call. One that failed to open is tried again at the next. */
  get(name: ServiceName): Promise<EmbeddedService> {
    const present = this.#open.get(name);
    if (present !== undefined) return present;
    const opener = this.#openers[name];
    if (opener === undefined) throw new Error(`there is no companion ${name}`);
    if (this.#isClosed) return Promise.reject(new Error('the daemon is shutting down'));
    const opened = opener();
    this.#open.set(name, opened);
    opened.catch(() => this.#open.delete(name));
    return opened;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const opened = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(
      opened.map(async (service) => {
        const closing = await service.catch(() => undefined);
        await closing?.[Symbol.asyncDispose]();
      }),
    );
  }
}

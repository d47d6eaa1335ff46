/** All extensions of one environment, from the start of its processes to their end. */
import type { Milliseconds } from '../../kernel/quantity.ts';
import type { RuntimeEvent } from '../runtime-event.ts';
import { type EventDelivery, Extension, type ExtensionFailure } from './extension.ts';
import type { ExtensionEventType, ShutdownReason } from './extension-event.ts';
import {
  alreadyRegistered,
  type ExtensionRefusal,
  emptyName,
  registrationClosed,
  shutdownIsForExternal,
  tooManyExtensions,
  unknownIdentifier,
  unknownName,
} from './extension-refusal.ts';

/** Source: Lambda developer guide, "Using the Lambda Extensions API", "Init phase". */
export const extensionLimit = 10;

export interface ExtensionsDeps {
  /** File names of those that are started as processes. */
  readonly external: readonly string[];
  readonly newId: () => string;
  /** Called for each failure; the first is the one that counts. */
  readonly failed: (failure: ExtensionFailure) => void;
}

interface Waiting {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}

export class Extensions {
  readonly #all = new Map<string, Extension>();
  readonly #deps: ExtensionsDeps;
  readonly #waiting = new Set<Waiting>();
  #open = true;
  #runtimeStarted: boolean;

  constructor(deps: ExtensionsDeps) {
    this.#deps = deps;
    this.#runtimeStarted = deps.external.length === 0;
    for (const name of deps.external) this.#all.set(name, new Extension(name, 'external'));
  }

  get all(): Iterable<Extension> {
    return this.#all.values();
  }

  /** Whether there are any: everything else here can be left out where there are none. */
  get exist(): boolean {
    return this.#all.size > 0;
  }

  get internalExist(): boolean {
    return this.#some(({ kind }) => kind === 'internal');
  }

  get externalExist(): boolean {
    return this.#some(({ kind }) => kind === 'external');
  }

  /** Whether the runtime may be started: every external extension has registered. */
  get allRegistered(): boolean {
    return !this.#some(({ state }) => state === 'started');
  }

  /** Whether every extension waits for its next event. */
  get allIdle(): boolean {
    return !this.#some(({ idle }) => !idle);
  }

  /** Whether the processes of all external extensions have ended. */
  get allGone(): boolean {
    return !this.#some(({ kind, gone }) => kind === 'external' && !gone);
  }

  /** From now on a name that is not an external extension's is that of an internal one. */
  runtimeStarts(): void {
    this.#runtimeStarted = true;
  }

  /** The runtime has initialised: nobody registers any more. */
  closeRegistration(): void {
    this.#open = false;
  }

  register(name: string, events: readonly ExtensionEventType[]): Extension | ExtensionRefusal {
    if (name === '') return emptyName();
    if (!this.#open) return registrationClosed();
    const known = this.#all.get(name);
    if (known !== undefined && known.state !== 'started') return alreadyRegistered(name);
    if (known === undefined) {
      if (!this.#runtimeStarted) return unknownName(name);
      if (events.includes('SHUTDOWN')) return shutdownIsForExternal(name);
      if (this.#all.size >= extensionLimit) return tooManyExtensions(extensionLimit);
    }
    const extension = known ?? new Extension(name, 'internal');
    this.#all.set(name, extension);
    extension.register(this.#deps.newId(), events);
    this.changed();
    return extension;
  }

  /** By the identifier that `register` gave it. */
  find(id: string): Extension | ExtensionRefusal {
    for (const extension of this.#all.values()) if (extension.id === id) return extension;
    return unknownIdentifier(id);
  }

  next(extension: Extension, delivery: EventDelivery): ExtensionRefusal | undefined {
    const refusal = extension.next(delivery);
    this.changed();
    return refusal;
  }

  report(extension: Extension, error: 'init-error' | 'exit-error', errorType: string): ExtensionRefusal | undefined {
    const refusal = extension.report(error, errorType);
    // Of an external one the end of its process tells more; an internal one has none of its own.
    if (refusal === undefined && extension.kind === 'internal') this.#ended(extension, errorType);
    return refusal;
  }

  /** An external extension that never began to run. @param reason in AWS's words */
  launchFailed(name: string, reason: string): void {
    const extension = this.#all.get(name);
    if (extension?.state !== 'started') return;
    extension.ended(reason);
    this.#deps.failed({ errorType: 'Extension.LaunchError', reason });
    this.changed();
  }

  /** @param reason `exit status 1`, `signal: killed`, … */
  processEnded(name: string, reason: string): void {
    const extension = this.#all.get(name);
    if (extension?.kind === 'external') this.#ended(extension, reason);
  }

  invoke({ deadline, requestId, invokedFunctionArn, traceHeader }: RuntimeEvent): void {
    const tracing = { type: 'X-Amzn-Trace-Id', value: traceHeader } as const;
    for (const extension of this.#all.values()) {
      extension.tell({ eventType: 'INVOKE', deadlineMs: deadline, requestId, invokedFunctionArn, tracing });
    }
  }

  /** Tells those that have registered for it; the others are only heard no more. */
  shutdown(shutdownReason: ShutdownReason, deadlineMs: Milliseconds): void {
    this.#open = false;
    for (const extension of this.#all.values()) {
      if (extension.events.includes('SHUTDOWN')) extension.tell({ eventType: 'SHUTDOWN', shutdownReason, deadlineMs });
      else extension.close();
    }
  }

  /** Resolves as soon as the condition holds, looked at with each change. */
  when(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add({ holds, resolve }));
  }

  /** Something changed on which a condition may depend. */
  changed(): void {
    for (const waiting of this.#waiting) {
      if (!waiting.holds()) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  #ended(extension: Extension, reason: string): void {
    const failure = extension.ended(reason);
    if (failure !== undefined) this.#deps.failed(failure);
    this.changed();
  }

  #some(holds: (extension: Extension) => boolean): boolean {
    for (const extension of this.#all.values()) if (holds(extension)) return true;
    return false;
  }
}

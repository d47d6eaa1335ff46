/** One extension over the life of its process: what it registered for, what it is told, how it ends. */
import { StateMachine } from '../../kernel/state-machine.ts';
import type { ExtensionEvent, ExtensionEventType } from './extension-event.ts';
import { type ExtensionRefusal, invalidState } from './extension-refusal.ts';
import { type ExtensionState, extensionTransitions } from './extension-state.ts';

/** Hands an event to a `GET /event/next` that waits. */
export type EventDelivery = (event: ExtensionEvent) => void;

/** Why the environment cannot go on with its extensions; `reason` is what follows "Error: " in AWS's message. */
export interface ExtensionFailure {
  readonly errorType: string;
  readonly reason: string;
}

/** External ones are processes of their own, internal ones live in the runtime's. */
export type ExtensionKind = 'external' | 'internal';

export class Extension {
  readonly name: string;
  readonly kind: ExtensionKind;
  readonly #machine: StateMachine<ExtensionState>;
  #id: string | undefined;
  #events: ReadonlySet<ExtensionEventType> = new Set();
  #parked: EventDelivery | undefined;
  #pending: ExtensionEvent | undefined;
  #reported: string | undefined;
  #gone = false;

  constructor(name: string, kind: ExtensionKind) {
    this.name = name;
    this.kind = kind;
    this.#machine = new StateMachine<ExtensionState>('extension', extensionTransitions, 'started');
  }

  get state(): ExtensionState {
    return this.#machine.state;
  }

  /** Known to the extension alone; none before it has registered. */
  get id(): string | undefined {
    return this.#id;
  }

  get events(): readonly ExtensionEventType[] {
    return [...this.#events];
  }

  /** The type of the error that it reported itself. */
  get reported(): string | undefined {
    return this.#reported;
  }

  /** It has asked for the next event, and there is none for it. */
  get idle(): boolean {
    return this.#machine.state === 'ready' && this.#pending === undefined;
  }

  /** Whether its process has ended. */
  get gone(): boolean {
    return this.#gone;
  }

  register(id: string, events: readonly ExtensionEventType[]): void {
    this.#machine.transition('registered');
    this.#id = id;
    this.#events = new Set(events);
  }

  /** `GET /event/next`. */
  next(delivery: EventDelivery): ExtensionRefusal | undefined {
    // A second request while one waits comes from an extension that lost its connection: the newer one counts.
    if (this.state !== 'ready') {
      if (!this.#machine.can('ready')) return invalidState(this.name, this.state, 'ready');
      this.#machine.transition('ready');
    }
    this.#parked = delivery;
    this.#hand();
    return undefined;
  }

  /** The connection on which `GET /event/next` waited is gone. */
  unpark(delivery: EventDelivery): void {
    if (this.#parked === delivery) this.#parked = undefined;
  }

  /** Tells it of an event that it has registered for; when it does not ask yet, the event waits. */
  tell(event: ExtensionEvent): void {
    if (!this.#events.has(event.eventType)) return;
    this.#pending = event;
    if (this.state === 'ready') this.#hand();
  }

  /** `POST /init/error` or `/exit/error`. */
  report(error: 'init-error' | 'exit-error', errorType: string): ExtensionRefusal | undefined {
    if (!this.#machine.can(error)) return invalidState(this.name, this.state, error);
    this.#machine.transition(error);
    this.#reported = errorType;
    return undefined;
  }

  /**
   * Its process has ended.
   * @param reason `exit status 1`, `signal: killed`, …
   * @returns what that means for the environment; nothing when the end was due
   */
  ended(reason: string): ExtensionFailure | undefined {
    const { state } = this;
    this.close();
    this.#gone = true;
    switch (state) {
      case 'shutdown':
        return undefined;
      case 'init-error':
        return { errorType: 'Extension.InitError', reason };
      case 'exit-error':
        return { errorType: 'Extension.ExitError', reason };
      case 'started':
      case 'registered':
      case 'ready':
      case 'running':
        return { errorType: 'Extension.Crash', reason };
    }
  }

  /** It is heard no more. */
  close(): void {
    if (this.#machine.can('shutdown')) this.#machine.transition('shutdown');
    this.#parked = undefined;
    this.#pending = undefined;
  }

  #hand(): void {
    const [delivery, event] = [this.#parked, this.#pending];
    if (delivery === undefined || event === undefined) return;
    this.#parked = undefined;
    this.#pending = undefined;
    this.#machine.transition(event.eventType === 'SHUTDOWN' ? 'shutdown' : 'running');
    delivery(event);
  }
}

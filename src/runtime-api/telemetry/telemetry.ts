/** The telemetry of one environment: who subscribed to it, and what is told to them. */
import type { Clock } from '../../kernel/clock.ts';
import type { ConnectPort } from './telemetry-connection.ts';
import { openDestination } from './telemetry-destination.ts';
import type { TelemetryEvent, TelemetryFact } from './telemetry-event.ts';
import { TelemetrySubscriber } from './telemetry-subscriber.ts';
import type { TelemetrySubscription } from './telemetry-subscription.ts';

export interface TelemetryDeps {
  readonly clock: Clock;
  /** To a port of the environment's. */
  readonly connect: ConnectPort;
}

export type SubscriptionAnswer = 'Subscribed' | 'Already subscribed' | 'closed' | 'other-api';

/** What happened before anybody subscribed is kept up to this many events. */
const longestBacklog = 1000;

export class Telemetry implements Disposable {
  readonly #deps: TelemetryDeps;
  readonly #subscribers = new Map<string, TelemetrySubscriber>();
  #backlog: TelemetryEvent[] = [];
  #open = false;

  constructor(deps: TelemetryDeps) {
    this.#deps = deps;
  }

  /** Whether `emit` does anything. */
  get listens(): boolean {
    return this.#open || this.#subscribers.size > 0;
  }

  /** An init phase begins: extensions may subscribe, and learn what happened since its start. */
  open(): void {
    this.#open = true;
    this.#backlog = [];
  }

  /** The init phase is over. */
  close(): void {
    this.#open = false;
    this.#backlog = [];
  }

  emit(fact: TelemetryFact): void {
    if (!this.listens) return;
    const event: TelemetryEvent = { ...fact, time: this.#deps.clock.now() };
    for (const subscriber of this.#subscribers.values()) subscriber.add(event);
    if (this.#open && this.#backlog.length < longestBacklog) this.#backlog.push(event);
  }

  /**
   * Subscriptions outlive the processes: an extension that is started again and subscribes again goes on, at the
   * destination that it names now.
   * @param name of the extension
   */
  subscribe(name: string, subscription: TelemetrySubscription): SubscriptionAnswer {
    if (!this.#open) return 'closed';
    const known = this.#subscribers.get(name);
    if (known !== undefined && known.subscription.api !== subscription.api) return 'other-api';
    const { clock, connect } = this.#deps;
    known?.[Symbol.dispose]();
    const destination = openDestination(subscription.destination, connect);
    const subscriber = new TelemetrySubscriber(subscription, destination, clock);
    this.#subscribers.set(name, subscriber);
    for (const event of this.#backlog) subscriber.add(event);
    return known === undefined ? 'Subscribed' : 'Already subscribed';
  }

  pause(): void {
    for (const subscriber of this.#subscribers.values()) subscriber.pause();
  }

  resume(): void {
    for (const subscriber of this.#subscribers.values()) subscriber.resume();
  }

  /** Resolves when every subscriber has taken what there is for it; one that takes nothing keeps it waiting. */
  async flush(): Promise<void> {
    await Promise.all([...this.#subscribers.values()].map((subscriber) => subscriber.flush()));
  }

  [Symbol.dispose](): void {
    this.close();
    for (const subscriber of this.#subscribers.values()) subscriber[Symbol.dispose]();
    this.#subscribers.clear();
  }
}

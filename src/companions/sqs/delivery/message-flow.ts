/** The way of messages through a queue: delayed, visible, in flight, gone. One timer waits for the next of their moments. */
import type { Clock, Timer } from '../../../kernel/clock.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import type { Message, MessageState } from '../message/message.ts';
import type { DeliveryOrder } from './delivery-order.ts';
import { IndexedHeap } from './indexed-heap.ts';

export interface MessageFlowDeps {
  readonly clock: Clock;
  readonly order: DeliveryOrder;
  /** How long a message is kept, in milliseconds. */
  readonly retention: () => number;
  /** Messages became visible as time went by. */
  readonly onVisible: () => void;
}

export class MessageFlow implements Disposable {
  readonly #deps: MessageFlowDeps;
  readonly #messages = new Map<string, Message>();
  /** By the end of their delay or time-out. */
  readonly #due = new IndexedHeap<Message>();
  /** By the moment at which they were sent. */
  readonly #ages = new IndexedHeap<Message>();
  readonly #counts: Record<MessageState, number> = { delayed: 0, visible: 0, 'in-flight': 0, gone: 0 };
  #timer: Timer | undefined;
  #timerDue = Number.POSITIVE_INFINITY;

  constructor(deps: MessageFlowDeps) {
    this.#deps = deps;
  }

  /** As of now. */
  get counts(): Readonly<Record<Exclude<MessageState, 'gone'>, number>> {
    this.settle();
    return this.#counts;
  }

  /** The message that a receive would begin with. */
  get next(): Message | undefined {
    this.settle();
    return this.#deps.order.next;
  }

  find(id: string): Message | undefined {
    this.settle();
    return this.#messages.get(id);
  }

  /** Those that are delayed, in no order. */
  delayed(): readonly Message[] {
    return [...this.#messages.values()].filter(({ state }) => state === 'delayed');
  }

  /** @param delay until it can be received, in milliseconds */
  put(message: Message, delay: number): void {
    this.settle();
    this.#messages.set(message.content.id, message);
    message.age = this.#ages.insert(message.sentAt, message);
    this.#enter(message, delay > 0 ? 'delayed' : 'visible');
    if (delay > 0) message.due = this.#due.insert(this.#deps.clock.now() + delay, message);
    this.#deps.order.enter(message);
    this.#arm();
  }

  /**
   * Takes messages for one receive.
   * @param timeout for which they are invisible, in milliseconds; 0 leaves them visible
   * @param diverts Says of a message that it is taken out of the queue instead of being received.
   */
  take(limit: number, timeout: number, diverts: (message: Message) => boolean): Message[] {
    this.settle();
    const now = this.#deps.clock.now();
    const taken = this.#deps.order.take(limit, (message) => {
      if (diverts(message)) {
        this.#forget(message);
        return false;
      }
      this.#enter(message, 'in-flight');
      message.receiveCount += 1;
      message.receivesHere += 1;
      message.firstReceivedAt ??= now;
      message.receivedAt = now;
      message.isTimeoutChanged = false;
      return true;
    });
    for (const message of taken) this.#hide(message, timeout);
    this.#arm();
    return taken;
  }

  /** Counts a new time-out for a message in flight from now on, in milliseconds; with 0 it is visible at once. */
  hide(message: Message, timeout: number): void {
    this.#hide(message, timeout);
    this.#arm();
  }

  /** Ends a delay at another moment. */
  delayUntil(message: Message, moment: number): void {
    if (message.state !== 'delayed') return;
    this.#unscheduled(message);
    message.due = this.#due.insert(moment, message);
    this.#arm();
  }

  /** The retention may have changed. */
  refresh(): void {
    this.settle();
    this.#arm();
  }

  remove(message: Message): void {
    if (message.state === 'gone') return;
    this.#deps.order.leave(message);
    this.#forget(message);
  }

  clear(): void {
    for (const message of this.#messages.values()) message.state = 'gone';
    this.#messages.clear();
    this.#due.clear();
    this.#ages.clear();
    this.#deps.order.clear();
    Object.assign(this.#counts, { delayed: 0, visible: 0, 'in-flight': 0 });
  }

  /** Brings every message to the state that it has by now. The timer calls it too, but may be late. */
  settle(): void {
    const now = this.#deps.clock.now();
    const expired = now - this.#deps.retention();
    for (let first = this.#ages.first; first !== undefined && first.key <= expired; first = this.#ages.first) {
      this.remove(first.item);
    }
    for (let first = this.#due.first; first !== undefined && first.key <= now; first = this.#due.first) {
      this.#show(first.item);
    }
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.clear();
  }

  #hide(message: Message, timeout: number): void {
    this.#unscheduled(message);
    if (timeout <= 0) this.#show(message);
    else message.due = this.#due.insert(this.#deps.clock.now() + timeout, message);
  }

  #show(message: Message): void {
    this.#unscheduled(message);
    this.#enter(message, 'visible');
    this.#deps.order.show(message);
  }

  #forget(message: Message): void {
    this.#unscheduled(message);
    if (message.age !== undefined) this.#ages.remove(message.age);
    this.#enter(message, 'gone');
    this.#messages.delete(message.content.id);
  }

  #unscheduled(message: Message): void {
    if (message.due !== undefined) this.#due.remove(message.due);
    message.due = undefined;
  }

  #enter(message: Message, state: MessageState): void {
    if (message.state !== 'gone') this.#counts[message.state] -= 1;
    message.state = state;
    if (state !== 'gone') this.#counts[state] += 1;
  }

  /** A timer that is early finds nothing to do and waits on; only one that would be late is set anew. */
  #arm(): void {
    const oldest = this.#ages.first;
    const expiry = oldest === undefined ? Number.POSITIVE_INFINITY : oldest.key + this.#deps.retention();
    const next = Math.min(expiry, this.#due.first?.key ?? Number.POSITIVE_INFINITY);
    if (next >= this.#timerDue) return;
    this.#timer?.[Symbol.dispose]();
    this.#timerDue = next;
    const delay = Math.max(0, next - this.#deps.clock.now());
    this.#timer = this.#deps.clock.timer(milliseconds(delay), () => {
      this.#timer = undefined;
      this.#timerDue = Number.POSITIVE_INFINITY;
      this.settle();
      this.#arm();
      if (this.#deps.order.next !== undefined) this.#deps.onVisible();
    });
  }
}

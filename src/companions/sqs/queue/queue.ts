/** One queue: takes messages, gives each to one receiver at a time, and gives up those that nobody can process. */
import type { Scope } from '../../../aws/scope.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { DeduplicationWindow, type SentBefore } from '../delivery/deduplication-window.ts';
import { FifoOrder } from '../delivery/fifo-order.ts';
import { MessageFlow } from '../delivery/message-flow.ts';
import { ReceiveAttempts } from '../delivery/receive-attempts.ts';
import { StandardOrder } from '../delivery/standard-order.ts';
import { WaitingReceives } from '../delivery/waiting-receives.ts';
import { Message, type MessageContent } from '../message/message.ts';
import { invalidValue, queueDoesNotExist } from '../sqs-error.ts';
import type { QueueAttributes } from './queue-attributes.ts';
import { type QueueSettings, settingsOf } from './queue-settings.ts';
import { formatReceipt, parseReceipt } from './receipt-handle.ts';

/** Source: Amazon SQS developer guide, "Queue quotas" (in-flight messages; FIFO queues had 20,000 until November 2024). */
export const inFlightLimit = 120_000;

/** Milliseconds. Source: Amazon SQS developer guide, "Visibility timeout". */
const longestTimeout = 43_200_000;

export interface QueueDeps {
  readonly scope: Scope;
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  /** Tells this queue's receipt handles from those of all others: hexadecimal digits. */
  readonly tag: string;
  readonly attributes: QueueAttributes;
  readonly clock: Clock;
  /** The queue of an ARN, while there is one. */
  readonly find: (arn: string) => Queue | undefined;
}

export interface MessageDraft {
  readonly content: MessageContent;
  /** Milliseconds; absent, the queue's own. */
  readonly delay?: number | undefined;
}

export interface ReceiveRequest {
  readonly limit: number;
  /** Milliseconds; absent, the queue's own. */
  readonly visibilityTimeout?: number | undefined;
  /** Milliseconds to wait for a message; absent, the queue's own. */
  readonly wait?: number | undefined;
  /** Of FIFO queues: asked again with the same, the receive gives the same messages. */
  readonly attemptId?: string | undefined;
  /** Ends the wait; asked for only when there is one. */
  readonly signal: AbortSignal;
}

export class Queue implements Disposable {
  readonly scope: Scope;
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly tags = new Map<string, string>();
  readonly createdAt: number;
  readonly #deps: QueueDeps;
  readonly #flow: MessageFlow;
  readonly #deduplication: DeduplicationWindow;
  readonly #attempts: ReceiveAttempts;
  readonly #waiting: WaitingReceives<readonly Message[]>;
  #attributes: QueueAttributes;
  #settings: QueueSettings;
  #modifiedAt: number;
  #purgedAt: number | undefined;
  #sequence = 0;
  #receipts = 0;

  constructor(deps: QueueDeps) {
    const { clock, attributes } = deps;
    this.#deps = deps;
    this.scope = deps.scope;
    this.name = deps.name;
    this.arn = deps.arn;
    this.isFifo = deps.isFifo;
    this.createdAt = clock.now();
    this.#modifiedAt = this.createdAt;
    this.#attributes = attributes;
    this.#settings = settingsOf(attributes);
    this.#deduplication = new DeduplicationWindow(clock);
    this.#attempts = new ReceiveAttempts(clock);
    this.#waiting = new WaitingReceives(clock);
    this.#flow = new MessageFlow({
      clock,
      order: deps.isFifo ? new FifoOrder() : new StandardOrder(),
      retention: () => this.#settings.retention,
      onVisible: () => this.#waiting.wake(),
    });
  }

  get attributes(): QueueAttributes {
    return this.#attributes;
  }

  get settings(): QueueSettings {
    return this.#settings;
  }

  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  get counts(): MessageFlow['counts'] {
    return this.#flow.counts;
  }

  /** @param attributes all of them, checked */
  change(attributes: QueueAttributes): void {
    const before = this.#settings;
    this.#attributes = attributes;
    this.#settings = settingsOf(attributes);
    this.#modifiedAt = this.#deps.clock.now();
    // A FIFO queue's delay holds for messages that wait already. Source: API reference, SetQueueAttributes, DelaySeconds.
    if (this.isFifo && before.delay !== this.#settings.delay) {
      for (const message of this.#flow.delayed()) this.#flow.delayUntil(message, message.sentAt + this.#settings.delay);
    }
    this.#flow.refresh();
    this.#waiting.wake();
  }

  /** @returns For each draft what it was sent as; one sent before, within the deduplication interval, is not sent again. */
  send(drafts: readonly MessageDraft[]): readonly SentBefore[] {
    const sent = drafts.map((draft) => this.#send(draft));
    this.#waiting.wake();
    return sent;
  }

  /** Takes over a message that has left another queue. */
  moveIn(before: Message, deadLetterSource: string | undefined): void {
    this.#sequence += 1;
    // Source: Amazon SQS developer guide, "Using dead-letter queues": a standard queue keeps the moment of sending.
    const sentAt = this.isFifo ? this.#deps.clock.now() : before.sentAt;
    const { content } = before;
    const moved = { content, sentAt, sequence: this.#sequence, before };
    this.#flow.put(new Message(deadLetterSource === undefined ? moved : { ...moved, deadLetterSource }), 0);
    this.#waiting.wake();
  }

  /** The message that a receive would begin with. */
  get next(): Message | undefined {
    return this.#flow.next;
  }

  /** The message leaves for another queue. */
  moveOut(message: Message): void {
    this.#flow.remove(message);
  }

  /**
   * Gives visible messages, or waits for some.
   * @throws ServiceError OverLimit, QueueDoesNotExist when it is deleted meanwhile
   */
  receive(request: ReceiveRequest): readonly Message[] | Promise<readonly Message[]> {
    const { limit, attemptId, wait = this.#settings.wait } = request;
    const timeout = request.visibilityTimeout ?? this.#settings.visibilityTimeout;
    const again = attemptId === undefined ? undefined : this.#attempts.find(attemptId);
    if (again !== undefined) {
      for (const message of again) this.#flow.hide(message, timeout);
      return again;
    }
    const serve = (): readonly Message[] | undefined => {
      const taken = this.#take(limit, timeout);
      if (taken.length === 0) return undefined;
      if (attemptId !== undefined) this.#attempts.remember(attemptId, taken);
      return taken;
    };
    const taken = serve();
    if (taken !== undefined) {
      if (timeout === 0) this.#waiting.wake();
      return taken;
    }
    if (wait > 0) return this.#waiting.wait(wait, request.signal, [], serve);
    if (!this.isFifo && this.#isFull()) throw overLimit();
    return [];
  }

  receiptHandleOf(message: Message): string {
    return formatReceipt({ tag: this.#deps.tag, messageId: message.content.id, number: message.receipt });
  }

  /**
   * Deletes a message that was received. One that is gone already is no error.
   * @throws ServiceError ReceiptHandleIsInvalid, InvalidParameterValue for a handle of a FIFO queue that has expired
   */
  deleteMessage(handle: string): void {
    const { messageId, number } = parseReceipt(handle, this.#deps.tag);
    const message = this.#flow.find(messageId);
    if (message === undefined) return;
    const isLatest = message.receipt === number;
    if (this.isFifo && !(isLatest && message.state === 'in-flight')) throw expired(handle);
    // An older handle of a standard queue deletes nothing. Source: API reference, DeleteMessage.
    if (!isLatest) return;
    this.#flow.remove(message);
    this.#waiting.wake();
  }

  /**
   * @param timeout from now on, in milliseconds
   * @throws ServiceError ReceiptHandleIsInvalid, InvalidParameterValue
   */
  changeVisibility(handle: string, timeout: number): void {
    const { messageId, number } = parseReceipt(handle, this.#deps.tag);
    const message = this.#flow.find(messageId);
    if (message === undefined || message.receipt !== number) {
      const reason = 'Message does not exist or is not available for visibility timeout change.';
      throw invalidValue(handle, 'ReceiptHandle', reason);
    }
    if (message.state !== 'in-flight') {
      if (this.isFifo) throw expired(handle);
      return;
    }
    if (this.#deps.clock.now() - message.receivedAt + timeout > longestTimeout) {
      const reason = 'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].';
      throw invalidValue(timeout / 1000, 'VisibilityTimeout', reason);
    }
    message.isTimeoutChanged = true;
    this.#flow.hide(message, timeout);
    this.#waiting.wake();
  }

  /** When it was emptied last. */
  get purgedAt(): number | undefined {
    return this.#purgedAt;
  }

  purge(): void {
    this.#purgedAt = this.#deps.clock.now();
    this.#flow.clear();
    this.#attempts.clear();
  }

  /** Whoever waits for a message is told that there is no such queue any more. */
  delete(): void {
    this.#waiting.fail(queueDoesNotExist());
    this[Symbol.dispose]();
  }

  /** Whoever waits for a message gets none. */
  [Symbol.dispose](): void {
    this.#waiting[Symbol.dispose]();
    this.#flow[Symbol.dispose]();
  }

  #send({ content, delay = this.#settings.delay }: MessageDraft): SentBefore {
    const key = this.#deduplicationKey(content);
    const before = key === undefined ? undefined : this.#deduplication.find(key);
    if (before !== undefined) return before;
    this.#sequence += 1;
    const sent = { messageId: content.id, sequence: this.#sequence };
    this.#flow.put(new Message({ content, sentAt: this.#deps.clock.now(), sequence: this.#sequence }), delay);
    if (key !== undefined) this.#deduplication.remember(key, sent);
    return sent;
  }

  #deduplicationKey({ groupId, deduplicationId }: MessageContent): string | undefined {
    if (deduplicationId === undefined) return undefined;
    return this.#settings.deduplicatesByGroup ? JSON.stringify([groupId, deduplicationId]) : deduplicationId;
  }

  #take(limit: number, timeout: number): readonly Message[] {
    if (this.#isFull()) return [];
    const { redrive } = this.#settings;
    const deadLetters = redrive === undefined ? undefined : this.#deps.find(redrive.target);
    const exhausted: Message[] = [];
    const taken = this.#flow.take(limit, timeout, (message) => {
      // Without a queue to move to, the message stays.
      if (redrive === undefined || deadLetters === undefined) return false;
      return message.receivesHere >= redrive.maxReceiveCount && exhausted.push(message) > 0;
    });
    for (const message of taken) {
      this.#receipts += 1;
      message.receipt = this.#receipts;
    }
    for (const message of exhausted) deadLetters?.moveIn(message, this.arn);
    return taken;
  }

  #isFull(): boolean {
    return this.#flow.counts['in-flight'] >= inFlightLimit;
  }
}

const expired = (handle: string): ServiceError =>
  invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');

/** Source: Amazon SQS developer guide, "Queue quotas": answered to short polls of standard queues alone. */
const overLimit = (): ServiceError =>
  new ServiceError('OverLimit', `The maximum number of in flight messages is reached: ${inFlightLimit}.`);

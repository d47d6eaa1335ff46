/**
 * Takes published messages to their subscribers: in order for each subscription, in the background, with retries, and to
 * the dead-letter queue when these are used up.
 */
import type { Clock } from '../../../kernel/clock.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { milliseconds } from '../../../kernel/quantity.ts';
import { type Delivery, DeliveryLines, Undeliverable } from '../../delivery-lines.ts';
import type { FunctionTarget } from '../../function-target.ts';
import { isQueueMissing, type QueueSender } from '../../queue-sender.ts';
import { deadLetterQueueOf } from '../subscription-attributes.ts';
import type { Subscription } from '../topic.ts';
import { postTo } from './http-delivery.ts';
import { fitsFilter } from './message-filter.ts';
import { envelope, functionEvent, type Notification } from './notification.ts';

export interface DeliveriesDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly queues: QueueSender;
  readonly functions: FunctionTarget;
}

/** Before each attempt after the first; AWS's own schedule takes from a minute to weeks. */
const retryDelays = [200, 1000, 5000].map(milliseconds);

export class Deliveries implements AsyncDisposable {
  readonly #deps: DeliveriesDeps;
  readonly #lines: DeliveryLines;

  constructor(deps: DeliveriesDeps) {
    this.#deps = deps;
    this.#lines = new DeliveryLines(deps.clock);
  }

  /** Returns at once. */
  publish(notification: Notification): void {
    for (const subscription of notification.topic.subscriptions.values()) {
      if (subscription.token !== undefined || !fitsFilter(subscription.filter, notification)) continue;
      this.#lines.add(subscription.arn, () => this.#deliver(notification, subscription));
    }
  }

  /** Runs in the background and is given up at the end: for what is no message. */
  run(work: Delivery, description: string): void {
    const { logger } = this.#deps;
    this.#lines.run((signal) =>
      work(signal).catch((error: unknown) => logger.warn(`${description} failed`, { error })),
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#lines[Symbol.asyncDispose]();
  }

  /** Never rejects. Those that come after wait for its retries: a subscription gets its messages in order. */
  async #deliver(notification: Notification, subscription: Subscription): Promise<void> {
    const failed = await this.#lines.attempt(
      (signal) => this.#attempt(notification, subscription, signal),
      (attempts) => retryDelays[attempts - 1],
    );
    if (failed === undefined) return;
    const { error } = failed;
    this.#deps.logger.warn('a message of a topic could not be delivered', { subscription: subscription.arn, error });
    await this.#sendToDeadLetters(notification, subscription);
  }

  async #attempt(notification: Notification, subscription: Subscription, signal: AbortSignal): Promise<void> {
    const { protocol, endpoint, topic } = subscription;
    switch (protocol) {
      case 'sqs':
        return this.#sendToQueue(endpoint, notification, subscription);
      case 'lambda': {
        const payload = functionEvent(notification, subscription);
        const event = { functionArn: endpoint, payload, principal: 'sns.amazonaws.com', sourceArn: topic.arn };
        const delivery = await this.#deps.functions.deliver(event);
        if (delivery.kind === 'accepted') return;
        throw delivery.reason === 'unavailable' ? new Error(delivery.message) : new Undeliverable(delivery.message);
      }
      case 'http':
      case 'https': {
        const isRaw = isRawDelivery(subscription);
        const body = isRaw ? notification.textFor(protocol) : envelope(notification, subscription);
        const post = { type: 'Notification', messageId: notification.messageId, body, isRaw } as const;
        return postTo(subscription, post, signal);
      }
      default:
        this.#deps.logger.debug(`a message for ${protocol} ${endpoint} goes nowhere: nothing here sends those`);
    }
  }

  async #sendToQueue(queueArn: string, notification: Notification, subscription: Subscription): Promise<void> {
    try {
      await this.#deps.queues.send(queueArn, queueMessage(notification, subscription));
    } catch (error) {
      if (error instanceof Error && isQueueMissing(error)) throw new Undeliverable(error.message, { cause: error });
      throw error;
    }
  }

  async #sendToDeadLetters(notification: Notification, subscription: Subscription): Promise<void> {
    const policy = subscription.attributes.get('RedrivePolicy');
    const queueArn = policy === undefined ? undefined : deadLetterQueueOf(policy);
    if (queueArn === undefined) return;
    try {
      await this.#deps.queues.send(queueArn, queueMessage(notification, subscription));
    } catch (error) {
      this.#deps.logger.error('a message of a topic was lost: its dead-letter queue does not take it', {
        queueArn,
        error,
      });
    }
  }
}

const isRawDelivery = ({ attributes }: Subscription): boolean => attributes.get('RawMessageDelivery') === 'true';

function queueMessage(notification: Notification, subscription: Subscription) {
  const { groupId, deduplicationId, traceHeader } = notification;
  const isFifoQueue = subscription.endpoint.endsWith('.fifo');
  const fifo = isFifoQueue ? { groupId, deduplicationId } : {};
  if (!isRawDelivery(subscription)) return { body: envelope(notification, subscription), ...fifo, traceHeader };
  const attributes = [...notification.attributes].map(([name, { type, value, bytes }]) => [
    name,
    { DataType: type, ...(bytes === undefined ? { StringValue: value } : { BinaryValue: bytes }) },
  ]);
  const body = notification.textFor(subscription.protocol);
  return { body, attributes: Object.fromEntries(attributes), ...fifo, traceHeader };
}

/** Publishes: checks, numbers, leaves out what was published already, and hands over to delivery. */
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';
import { isoTimestamp } from '../../kernel/timestamp.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { Deliveries } from './delivery/deliveries.ts';
import { checkedMessage, fifoFacts, type PublishInput } from './publish-input.ts';
import type { Topic } from './topic.ts';

export interface PublisherDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly deliveries: Deliveries;
}

export interface Published {
  readonly MessageId: string;
  readonly SequenceNumber: string | undefined;
}

/** How long an id counts. Source: SNS developer guide, "FIFO topics, message deduplication". */
const deduplicationInterval = 5 * 60 * 1000;

export class Publisher {
  readonly #deps: PublisherDeps;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  messageId(): string {
    return this.#deps.random.uuid();
  }

  /** @throws ServiceError for what cannot be published */
  publish(topic: Topic, input: PublishInput, call: Pick<CompanionCall, 'origin' | 'traceHeader'>): Published {
    const { clock, random, deliveries } = this.#deps;
    const message = checkedMessage(input);
    const fifo = fifoFacts(topic, input);
    const repeated = this.#seen(topic, fifo.deduplicationId);
    if (repeated !== undefined) return repeated;
    const messageId = random.uuid();
    const sequenceNumber = topic.isFifo ? String((topic.sequence += 1n)) : undefined;
    if (fifo.deduplicationId !== undefined) {
      topic.deduplication.set(fifo.deduplicationId, { at: clock.now(), messageId, sequence: sequenceNumber ?? '' });
    }
    deliveries.publish({
      ...message,
      ...fifo,
      messageId,
      topic,
      timestamp: isoTimestamp(clock.now()),
      sequenceNumber,
      origin: call.origin,
      traceHeader: call.traceHeader,
    });
    return { MessageId: messageId, SequenceNumber: sequenceNumber };
  }

  /** The oldest ids stand first: those whose time is over are forgotten on the way. */
  #seen({ deduplication }: Topic, id: string | undefined): Published | undefined {
    const since = this.#deps.clock.now() - deduplicationInterval;
    for (const [key, { at }] of deduplication) {
      if (at > since) break;
      deduplication.delete(key);
    }
    const before = id === undefined ? undefined : deduplication.get(id);
    return before && { MessageId: before.messageId, SequenceNumber: before.sequence };
  }
}

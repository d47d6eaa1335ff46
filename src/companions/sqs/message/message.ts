/** A message as a queue keeps it. */
import type { HeapNode } from '../delivery/indexed-heap.ts';
import { type ListNode, listNode } from '../delivery/linked-list.ts';
import type { MessageAttributes } from './message-attributes.ts';

/** What does not change while the message goes from queue to queue. */
export interface MessageContent {
  readonly id: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: MessageAttributes;
  /** Absent without attributes. */
  readonly md5OfAttributes: string | undefined;
  readonly traceHeader: string | undefined;
  readonly senderId: string;
  /** Always there in FIFO queues. */
  readonly groupId: string | undefined;
  /** Of FIFO queues: given, or the SHA-256 of the body. */
  readonly deduplicationId: string | undefined;
}

/**
 * `delayed`: not to be received yet. `visible`: to be received. `in-flight`: received, invisible until its time-out.
 * `gone`: deleted, expired or moved.
 */
export type MessageState = 'delayed' | 'visible' | 'in-flight' | 'gone';

export interface Arrival {
  readonly content: MessageContent;
  readonly sentAt: number;
  readonly sequence: number;
  /** As it was in the queue that it comes from; absent for one that was just sent. */
  readonly before?: Message;
  readonly deadLetterSource?: string;
}

/** A message in one queue; made anew when it moves to another. The queue alone writes to it. */
export class Message {
  readonly content: MessageContent;
  /** When it was sent, milliseconds since the epoch; its retention counts from here. */
  readonly sentAt: number;
  /** Rises from message to message of a queue. */
  readonly sequence: number;
  /** The ARN of the queue that gave it up, in a dead-letter queue. */
  readonly deadLetterSource: string | undefined;
  state: MessageState = 'gone';
  /** In all queues it has been in. Source: Amazon SQS API reference, ReceiveMessage, ApproximateReceiveCount. */
  receiveCount: number;
  /** In this queue: what a redrive policy counts. */
  receivesHere = 0;
  firstReceivedAt: number | undefined;
  receivedAt = 0;
  /** Of the latest receive in this queue. */
  receipt = 0;
  /** Since the latest receive its visibility time-out was changed. */
  isTimeoutChanged = false;
  /** Among those that have a next moment: the end of a delay or of a visibility time-out. */
  due: HeapNode<Message> | undefined;
  age: HeapNode<Message> | undefined;
  /** In the order of delivery. */
  readonly place: ListNode<Message> = listNode<Message>(this);

  constructor({ content, sentAt, sequence, before, deadLetterSource }: Arrival) {
    this.content = content;
    this.sentAt = sentAt;
    this.sequence = sequence;
    this.deadLetterSource = deadLetterSource;
    this.receiveCount = before?.receiveCount ?? 0;
    this.firstReceivedAt = before?.firstReceivedAt;
  }
}

/** A topic and its subscriptions. */
import type { EventPattern } from '../../aws/event-pattern/event-pattern.ts';
import type { Scope } from '../../aws/scope.ts';

export const deliverableProtocols = ['sqs', 'lambda', 'http', 'https'] as const;
/** Taken and listed; nothing here sends mail or short messages. */
export const otherProtocols = ['email', 'email-json', 'sms', 'application', 'firehose'] as const;
export type SubscriptionProtocol = (typeof deliverableProtocols)[number] | (typeof otherProtocols)[number];

export interface MessageFilter {
  readonly fits: EventPattern;
  readonly scope: 'MessageAttributes' | 'MessageBody';
}

export interface Subscription {
  readonly arn: string;
  readonly topic: Topic;
  readonly owner: string;
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  /** Absent once it is confirmed. */
  token: string | undefined;
  /** As they were set: RawMessageDelivery, FilterPolicy, RedrivePolicy, … */
  readonly attributes: Map<string, string>;
  filter: MessageFilter | undefined;
}

export interface Topic {
  readonly scope: Scope;
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  /** By ARN. */
  readonly subscriptions: Map<string, Subscription>;
  /** Of a FIFO topic: when each id was last seen, and the message that it was then. */
  readonly deduplication: Map<string, { readonly at: number; readonly messageId: string; readonly sequence: string }>;
  sequence: bigint;
}

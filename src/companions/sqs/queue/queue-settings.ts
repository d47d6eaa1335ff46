/** What a queue goes by, from its attributes. */
import type { QueueAttributes } from './queue-attributes.ts';
import {
  parseRedriveAllowPolicy,
  parseRedrivePolicy,
  type RedriveAllowPolicy,
  type RedrivePolicy,
} from './redrive-policy.ts';

export interface QueueSettings {
  /** Milliseconds, as are all times here. */
  readonly visibilityTimeout: number;
  readonly delay: number;
  readonly wait: number;
  readonly retention: number;
  /** Bytes. */
  readonly maximumMessageSize: number;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicatesByGroup: boolean;
  readonly redrive: RedrivePolicy | undefined;
  readonly redriveAllow: RedriveAllowPolicy;
}

export function settingsOf(attributes: QueueAttributes): QueueSettings {
  const time = (name: string): number => Number(attributes[name]) * 1000;
  const { RedrivePolicy: redrive, RedriveAllowPolicy: allow } = attributes;
  return {
    visibilityTimeout: time('VisibilityTimeout'),
    delay: time('DelaySeconds'),
    wait: time('ReceiveMessageWaitTimeSeconds'),
    retention: time('MessageRetentionPeriod'),
    maximumMessageSize: Number(attributes['MaximumMessageSize']),
    contentBasedDeduplication: attributes['ContentBasedDeduplication'] === 'true',
    deduplicatesByGroup: attributes['DeduplicationScope'] === 'messageGroup',
    redrive: redrive === undefined ? undefined : parseRedrivePolicy(redrive),
    redriveAllow: allow === undefined ? { kind: 'all' } : parseRedriveAllowPolicy(allow),
  };
}

/** The attributes of a queue as clients read them. */
import type { Queue } from '../queue/queue.ts';
import { isSettable } from '../queue/queue-attributes.ts';

const seconds = (moment: number): string => String(Math.floor(moment / 1000));

/** Those that nobody sets. */
const computed: Readonly<Record<string, (queue: Queue) => string>> = {
  QueueArn: ({ arn }) => arn,
  ApproximateNumberOfMessages: ({ counts }) => String(counts.visible),
  ApproximateNumberOfMessagesNotVisible: ({ counts }) => String(counts['in-flight']),
  ApproximateNumberOfMessagesDelayed: ({ counts }) => String(counts.delayed),
  CreatedTimestamp: ({ createdAt }) => seconds(createdAt),
  LastModifiedTimestamp: ({ modifiedAt }) => seconds(modifiedAt),
};

export const isQueueAttribute = (name: string): boolean =>
  name === 'All' || isSettable(name) || Object.hasOwn(computed, name);

/** All of them, without those that have no value. */
export function shownAttributes(queue: Queue): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, valueOf] of Object.entries(computed)) shown[name] = valueOf(queue);
  return { ...shown, ...queue.attributes };
}

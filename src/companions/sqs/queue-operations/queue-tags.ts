/** The tags of a queue: three operations on one small map. */

import type { Sqs, SqsOperation } from '../sqs.ts';
import { invalidParameter } from '../sqs-error.ts';

/** @throws ServiceError InvalidParameterValue; see Amazon SQS developer guide, "Queue quotas", queue tag */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length < 1 || key.length > 128)
      throw invalidParameter('Tag keys must be between 1 and 128 characters in length.');
    if (value.length > 256) throw invalidParameter('Tag values must be between 0 and 256 characters in length.');
    if (/^aws:/i.test(key)) throw invalidParameter('Tag keys must not start with the reserved prefix aws:.');
  }
}

/** `TagQueue`. @see Amazon SQS API reference, TagQueue */
export const tagQueue =
  ({ queues }: Sqs): SqsOperation<'TagQueue'> =>
  ({ QueueUrl: url, Tags: tags }, call) => {
    const queue = queues.require(url, call.scope);
    checkTags(tags);
    for (const [key, value] of Object.entries(tags)) queue.tags.set(key, value);
    return {};
  };

/** `UntagQueue`. @see Amazon SQS API reference, UntagQueue */
export const untagQueue =
  ({ queues }: Sqs): SqsOperation<'UntagQueue'> =>
  ({ QueueUrl: url, TagKeys: keys }, call) => {
    const queue = queues.require(url, call.scope);
    for (const key of keys) queue.tags.delete(key);
    return {};
  };

/** `ListQueueTags`. @see Amazon SQS API reference, ListQueueTags */
export const listQueueTags =
  ({ queues }: Sqs): SqsOperation<'ListQueueTags'> =>
  ({ QueueUrl: url }, call) => {
    const { tags } = queues.require(url, call.scope);
    return tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) };
  };

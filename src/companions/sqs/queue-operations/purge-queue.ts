/** Deletes all messages of a queue, also those in flight. */
import { ServiceError } from '../../../aws/service-error.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';

/**
 * `PurgeQueue`.
 * @throws ServiceError QueueDoesNotExist, PurgeQueueInProgress
 * @see Amazon SQS API reference, PurgeQueue
 */
export const purgeQueue =
  ({ queues, clock, purgeRest }: Sqs): SqsOperation<'PurgeQueue'> =>
  ({ QueueUrl: url }, call) => {
    const queue = queues.require(url, call.scope);
    const { purgedAt } = queue;
    if (purgedAt !== undefined && purgedAt + purgeRest > clock.now()) {
      const text = `Only one PurgeQueue operation on ${queue.name} is allowed every ${purgeRest / 1000} seconds.`;
      throw new ServiceError('PurgeQueueInProgress', text);
    }
    queue.purge();
    return {};
  };

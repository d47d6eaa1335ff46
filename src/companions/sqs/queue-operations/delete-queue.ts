/** Deletes a queue with all its messages. */
import type { Sqs, SqsOperation } from '../sqs.ts';

/**
 * `DeleteQueue`.
 * @throws ServiceError QueueDoesNotExist
 * @see Amazon SQS API reference, DeleteQueue
 */
export const deleteQueue =
  ({ queues }: Sqs): SqsOperation<'DeleteQueue'> =>
  ({ QueueUrl: url }, call) => {
    queues.delete(queues.require(url, call.scope));
    return {};
  };

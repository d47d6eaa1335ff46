/** Gives received messages another visibility time-out: one, or up to ten of them. */
import type { Queue } from '../queue/queue.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { invalidValue, missingParameter } from '../sqs-error.ts';
import { checkEntries, eachEntry } from './batch.ts';

/**
 * `ChangeMessageVisibility`.
 * @throws ServiceError QueueDoesNotExist, ReceiptHandleIsInvalid, InvalidParameterValue
 * @see Amazon SQS API reference, ChangeMessageVisibility
 */
export const changeMessageVisibility =
  ({ queues }: Sqs): SqsOperation<'ChangeMessageVisibility'> =>
  ({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: timeout }, call) => {
    change(queues.require(url, call.scope), handle, timeout);
    return {};
  };

/**
 * `ChangeMessageVisibilityBatch`.
 * @throws ServiceError QueueDoesNotExist and those of `checkEntries`
 * @see Amazon SQS API reference, ChangeMessageVisibilityBatch
 */
export const changeMessageVisibilityBatch =
  ({ queues }: Sqs): SqsOperation<'ChangeMessageVisibilityBatch'> =>
  ({ QueueUrl: url, Entries: entries }, call) => {
    const queue = queues.require(url, call.scope);
    checkEntries(entries, 'ChangeMessageVisibilityBatchRequestEntry');
    return eachEntry(entries, ({ Id: id, ReceiptHandle: handle, VisibilityTimeout: timeout }) => {
      if (timeout === undefined) throw missingParameter('VisibilityTimeout');
      change(queue, handle, timeout);
      return { Id: id };
    });
  };

/** @param timeout in seconds */
function change(queue: Queue, handle: string, timeout: number): void {
  if (timeout < 0 || timeout > 43_200) {
    throw invalidValue(timeout, 'VisibilityTimeout', 'Must be between 0 and 43200, if provided.');
  }
  queue.changeVisibility(handle, timeout * 1000);
}

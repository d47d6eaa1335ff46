/** Deletes messages that were received: one, or up to ten of them. */
import type { Sqs, SqsOperation } from '../sqs.ts';
import { checkEntries, eachEntry } from './batch.ts';

/**
 * `DeleteMessage`.
 * @throws ServiceError QueueDoesNotExist, ReceiptHandleIsInvalid, InvalidParameterValue
 * @see Amazon SQS API reference, DeleteMessage
 */
export const deleteMessage =
  ({ queues }: Sqs): SqsOperation<'DeleteMessage'> =>
  ({ QueueUrl: url, ReceiptHandle: handle }, call) => {
    queues.require(url, call.scope).deleteMessage(handle);
    return {};
  };

/**
 * `DeleteMessageBatch`.
 * @throws ServiceError QueueDoesNotExist and those of `checkEntries`
 * @see Amazon SQS API reference, DeleteMessageBatch
 */
export const deleteMessageBatch =
  ({ queues }: Sqs): SqsOperation<'DeleteMessageBatch'> =>
  ({ QueueUrl: url, Entries: entries }, call) => {
    const queue = queues.require(url, call.scope);
    checkEntries(entries, 'DeleteMessageBatchRequestEntry');
    return eachEntry(entries, ({ Id: id, ReceiptHandle: handle }) => {
      queue.deleteMessage(handle);
      return { Id: id };
    });
  };

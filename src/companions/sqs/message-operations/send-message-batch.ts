/** Sends up to ten messages. */
import { ServiceError } from '../../../aws/service-error.ts';
import { largestMessage } from '../queue/queue-attributes.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { checkEntries, eachEntry } from './batch.ts';
import { draftMessage, sizeOfMessage } from './draft-message.ts';
import { sentOutput } from './sent-message.ts';

/**
 * `SendMessageBatch`.
 * @throws ServiceError QueueDoesNotExist, BatchRequestTooLong and those of `checkEntries`
 * @see Amazon SQS API reference, SendMessageBatch
 */
export const sendMessageBatch =
  ({ queues, random }: Sqs): SqsOperation<'SendMessageBatch'> =>
  ({ QueueUrl: url, Entries: entries }, call) => {
    const queue = queues.require(url, call.scope);
    checkEntries(entries, 'SendMessageBatchRequestEntry');
    const size = entries.reduce((sum, entry) => sum + sizeOfMessage(entry), 0);
    if (size > largestMessage) {
      const text = `Batch requests cannot be longer than ${largestMessage} bytes. You have sent ${size} bytes.`;
      throw new ServiceError('BatchRequestTooLong', text);
    }
    const drafted = eachEntry(entries, (entry) => ({ entry, draft: draftMessage(queue, entry, call, random) }));
    // All at once, so that one waiting receive gets them together.
    const sent = queue.send(drafted.Successful.map(({ draft }) => draft));
    const Successful = drafted.Successful.flatMap(({ entry, draft }, index) => {
      const message = sent[index];
      return message === undefined ? [] : [{ Id: entry.Id, ...sentOutput(queue, entry, draft, message) }];
    });
    return { Successful, Failed: drafted.Failed };
  };

/** The operations that publish. */
import { ServiceError } from '../../../aws/service-error.ts';
import { checkedMessage } from '../publish-input.ts';
import type { Publisher } from '../publisher.ts';
import { invalidParameter } from '../sns-faults.ts';
import type { TopicStore } from '../topic-store.ts';
import type { SnsOperation } from './sns-operation.ts';

/** `Publish`: to a topic. Short messages to a telephone are taken and go nowhere. */
export const publish =
  (store: TopicStore, publisher: Publisher): SnsOperation<'Publish'> =>
  ({ Message, ...input }, call) => {
    const { PhoneNumber, TopicArn, TargetArn } = input;
    if (PhoneNumber !== undefined) {
      checkedMessage({ ...input, Message });
      return { MessageId: publisher.messageId() };
    }
    const arn = TopicArn ?? TargetArn;
    if (arn === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
    return publisher.publish(store.require(arn), { ...input, Message }, call);
  };

const mostEntries = 10;
const longestBatch = 262_144;

/** `PublishBatch`: each entry by itself; what cannot be published is listed as failed. */
export const publishBatch =
  (store: TopicStore, publisher: Publisher): SnsOperation<'PublishBatch'> =>
  ({ TopicArn, PublishBatchRequestEntries: entries }, call) => {
    const topic = store.require(TopicArn);
    if (entries.length === 0)
      throw new ServiceError('EmptyBatchRequestException', "The batch request doesn't contain any entries.");
    if (entries.length > mostEntries) {
      throw new ServiceError(
        'TooManyEntriesInBatchRequestException',
        'The batch request contains more entries than permissible.',
      );
    }
    if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
      throw new ServiceError(
        'BatchEntryIdsNotDistinctException',
        'Two or more batch entries in the request have the same Id.',
      );
    }
    if (entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id))) {
      throw new ServiceError(
        'InvalidBatchEntryIdException',
        "The Id of a batch entry in a batch request doesn't abide by the specification.",
      );
    }
    const size = entries.reduce((sum, { Message }) => sum + Buffer.byteLength(Message), 0);
    if (size > longestBatch) {
      throw new ServiceError(
        'BatchRequestTooLongException',
        'The length of all the messages put together is more than the limit.',
      );
    }
    const successful: { Id: string; MessageId: string; SequenceNumber: string | undefined }[] = [];
    const failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
    for (const { Id = '', Message = '', ...entry } of entries) {
      try {
        successful.push({ Id, ...publisher.publish(topic, { ...entry, Message }, call) });
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        failed.push({ Id, Code: error.code.replace(/Exception$/, ''), Message: error.message, SenderFault: true });
      }
    }
    return { Successful: successful, Failed: failed };
  };

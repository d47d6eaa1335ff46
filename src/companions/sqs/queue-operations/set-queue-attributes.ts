/** Changes attributes of a queue. */
import { changedAttributes } from '../queue/queue-attributes.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { checkRedrive } from './check-redrive.ts';

/**
 * `SetQueueAttributes`.
 * @throws ServiceError QueueDoesNotExist, InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue
 * @see Amazon SQS API reference, SetQueueAttributes
 */
export const setQueueAttributes =
  ({ queues }: Sqs): SqsOperation<'SetQueueAttributes'> =>
  ({ QueueUrl: url, Attributes: given }, call) => {
    const queue = queues.require(url, call.scope);
    const attributes = changedAttributes(queue.attributes, given, queue.isFifo);
    if (given.RedrivePolicy !== undefined) checkRedrive(queues, queue.arn, queue.isFifo, attributes);
    queue.change(attributes);
    return {};
  };

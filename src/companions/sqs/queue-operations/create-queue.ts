/** Creates a queue, or finds the one that is just so already. */
import { isDeepStrictEqual } from 'node:util';
import { ServiceError } from '../../../aws/service-error.ts';
import type { Queue } from '../queue/queue.ts';
import { changedAttributes, defaultAttributes, type QueueAttributes } from '../queue/queue-attributes.ts';
import { checkQueueName, isFifoName, queueArn } from '../queue/queue-name.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { unknownAttribute } from '../sqs-error.ts';
import { checkRedrive } from './check-redrive.ts';
import { checkTags } from './queue-tags.ts';

/**
 * `CreateQueue`.
 * @throws ServiceError QueueNameExists, QueueDeletedRecently, InvalidAttributeName, InvalidAttributeValue,
 *   InvalidParameterValue
 * @see Amazon SQS API reference, CreateQueue
 */
export const createQueue =
  ({ queues, urls }: Sqs): SqsOperation<'CreateQueue'> =>
  ({ QueueName: name, Attributes: given = {}, tags = {} }, { scope, origin }) => {
    const address = { scope, name };
    const isFifo = given.FifoQueue === 'true';
    checkQueueName(name, isFifo || (isFifoName(name) && queues.find(address) !== undefined));
    // A standard queue has no such attribute, and cannot say that it is none.
    if (given.FifoQueue !== undefined && !isFifo) throw unknownAttribute('FifoQueue');
    const present = queues.find(address);
    if (present === undefined) {
      const attributes = changedAttributes(defaultAttributes(isFifo), given, isFifo);
      checkRedrive(queues, queueArn(address), isFifo, attributes);
      checkTags(tags);
      const created = queues.create(address, attributes);
      for (const [key, value] of Object.entries(tags)) created.tags.set(key, value);
    } else {
      requireSame(present, given);
    }
    return { QueueUrl: urls.urlOf(address, origin) };
  };

/** Attributes that are not given do not count. */
function requireSame(queue: Queue, given: QueueAttributes): void {
  const wanted = changedAttributes(queue.attributes, given, queue.isFifo);
  for (const name of Object.keys(given)) {
    if (isDeepStrictEqual(comparable(queue.attributes[name]), comparable(wanted[name]))) continue;
    const text = `A queue already exists with the same name and a different value for attribute ${name}`;
    throw new ServiceError('QueueNameExists', text);
  }
}

/** Policies are the same however they are written. */
function comparable(value: string | undefined): unknown {
  if (value?.startsWith('{') !== true) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

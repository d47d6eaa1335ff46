/** Lists the queues of an account in a region. */
import type { Sqs, SqsOperation } from '../sqs.ts';
import { queuePage } from './queue-page.ts';

/**
 * `ListQueues`.
 * @throws ServiceError InvalidParameterValue
 * @see Amazon SQS API reference, ListQueues
 */
export const listQueues =
  ({ queues, urls }: Sqs): SqsOperation<'ListQueues'> =>
  ({ QueueNamePrefix: prefix = '', MaxResults: size, NextToken: token }, { scope, origin }) => {
    const found = queues.list(scope).filter(({ name }) => name.startsWith(prefix));
    const { queues: page, ...next } = queuePage(found, size, token);
    return page.length === 0 ? {} : { QueueUrls: page.map((queue) => urls.urlOf(queue, origin)), ...next };
  };

/** Lists the queues that give their messages to a dead-letter queue. */
import type { Sqs, SqsOperation } from '../sqs.ts';
import { queuePage } from './queue-page.ts';

/**
 * `ListDeadLetterSourceQueues`.
 * @throws ServiceError QueueDoesNotExist, InvalidParameterValue
 * @see Amazon SQS API reference, ListDeadLetterSourceQueues
 */
export const listDeadLetterSourceQueues =
  ({ queues, urls }: Sqs): SqsOperation<'ListDeadLetterSourceQueues'> =>
  ({ QueueUrl: url, MaxResults: size, NextToken: token }, { scope, origin }) => {
    const { arn } = queues.require(url, scope);
    const { queues: page, ...next } = queuePage(queues.sourcesOf(arn), size, token);
    return { queueUrls: page.map((queue) => urls.urlOf(queue, origin)), ...next };
  };

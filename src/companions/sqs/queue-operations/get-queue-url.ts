/** Tells the URL of a queue. */
import { accountId, scopeOf } from '../../../aws/scope.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { queueDoesNotExist } from '../sqs-error.ts';

/**
 * `GetQueueUrl`.
 * @throws ServiceError QueueDoesNotExist
 * @see Amazon SQS API reference, GetQueueUrl
 */
export const getQueueUrl =
  ({ queues, urls }: Sqs): SqsOperation<'GetQueueUrl'> =>
  ({ QueueName: name, QueueOwnerAWSAccountId: owner }, { scope, origin }) => {
    const address = { scope: owner === undefined ? scope : scopeOf(accountId(owner), scope.region), name };
    if (queues.find(address) === undefined) throw queueDoesNotExist();
    return { QueueUrl: urls.urlOf(address, origin) };
  };

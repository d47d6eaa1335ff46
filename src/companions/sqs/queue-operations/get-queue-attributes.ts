/** Shows attributes of a queue. */

import type { Sqs, SqsOperation } from '../sqs.ts';
import { unknownAttribute } from '../sqs-error.ts';
import { isQueueAttribute, shownAttributes } from './shown-attributes.ts';

/**
 * `GetQueueAttributes`.
 * @throws ServiceError QueueDoesNotExist, InvalidAttributeName
 * @see Amazon SQS API reference, GetQueueAttributes
 */
export const getQueueAttributes =
  ({ queues }: Sqs): SqsOperation<'GetQueueAttributes'> =>
  ({ QueueUrl: url, AttributeNames: names = [] }, call) => {
    const queue = queues.require(url, call.scope);
    const unknown = names.find((name) => !isQueueAttribute(name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
    const isAll = names.includes('All');
    const chosen = Object.entries(shownAttributes(queue)).filter(
      ([name]) => isAll || names.some((wanted) => wanted === name),
    );
    return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
  };

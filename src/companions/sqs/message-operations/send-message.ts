/** Sends a message. */
import { invariant } from '../../../kernel/invariant.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { draftMessage } from './draft-message.ts';
import { sentOutput } from './sent-message.ts';

/**
 * `SendMessage`.
 * @throws ServiceError QueueDoesNotExist, InvalidMessageContents, InvalidParameterValue, MissingParameter
 * @see Amazon SQS API reference, SendMessage
 */
export const sendMessage =
  ({ queues, random }: Sqs): SqsOperation<'SendMessage'> =>
  (input, call) => {
    const queue = queues.require(input.QueueUrl, call.scope);
    const draft = draftMessage(queue, input, call, random);
    const [sent] = queue.send([draft]);
    invariant(sent !== undefined, 'each draft is answered');
    return sentOutput(queue, input, draft, sent);
  };

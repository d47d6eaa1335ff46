/** Receives messages, or waits for some. */

import type { Message } from '../message/message.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { invalidValue, notForThisType } from '../sqs-error.ts';
import { checkToken } from './draft-message.ts';
import { messageReader } from './received-message.ts';

/**
 * `ReceiveMessage`.
 * @throws ServiceError QueueDoesNotExist, InvalidParameterValue, InvalidAttributeName, OverLimit
 * @see Amazon SQS API reference, ReceiveMessage
 */
export const receiveMessage =
  ({ queues }: Sqs): SqsOperation<'ReceiveMessage'> =>
  (input, call) => {
    const queue = queues.require(input.QueueUrl, call.scope);
    const { MaxNumberOfMessages: limit = 1, VisibilityTimeout: timeout, WaitTimeSeconds: wait } = input;
    if (limit < 1 || limit > 10) {
      throw invalidValue(limit, 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.');
    }
    if (timeout !== undefined && (timeout < 0 || timeout > 43_200)) {
      throw invalidValue(timeout, 'VisibilityTimeout', 'Must be between 0 and 43200, if provided.');
    }
    if (wait !== undefined && (wait < 0 || wait > 20)) {
      throw invalidValue(wait, 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.');
    }
    const { ReceiveRequestAttemptId: attemptId } = input;
    if (attemptId !== undefined) {
      if (!queue.isFifo) throw notForThisType(attemptId, 'ReceiveRequestAttemptId');
      checkToken(attemptId, 'ReceiveRequestAttemptId');
    }
    const read = messageReader(queue, input);
    const received = queue.receive({
      limit,
      visibilityTimeout: inMilliseconds(timeout),
      wait: inMilliseconds(wait),
      attemptId,
      get signal() {
        return call.signal;
      },
    });
    const shown = (messages: readonly Message[]) => (messages.length === 0 ? {} : { Messages: messages.map(read) });
    return received instanceof Promise ? received.then(shown) : shown(received);
  };

const inMilliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000;

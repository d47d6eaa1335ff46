/** Lists the latest message move tasks of a queue. */

import type { Sqs, SqsOperation } from '../sqs.ts';
import { invalidValue, resourceNotFound } from '../sqs-error.ts';
import type { MoveTask } from './move-task.ts';

/**
 * `ListMessageMoveTasks`.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValue
 * @see Amazon SQS API reference, ListMessageMoveTasks
 */
export const listMessageMoveTasks =
  ({ queues, moveTasks }: Sqs): SqsOperation<'ListMessageMoveTasks'> =>
  ({ SourceArn: sourceArn, MaxResults: size = 1 }) => {
    if (queues.findByArn(sourceArn) === undefined) {
      throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    }
    if (size < 1 || size > 10) throw invalidValue(size, 'MaxResults', 'Must be between 1 and 10, if provided.');
    return { Results: moveTasks.of(sourceArn).slice(0, size).map(shown) };
  };

const shown = (task: MoveTask) => ({
  // Source: API reference, ListMessageMoveTasksResultEntry: only of a task that runs.
  ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
  Status: task.status,
  SourceArn: task.sourceArn,
  ...(task.destinationArn === undefined ? {} : { DestinationArn: task.destinationArn }),
  ...(task.rate === undefined ? {} : { MaxNumberOfMessagesPerSecond: task.rate }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  ...(task.failure === undefined ? {} : { FailureReason: task.failure }),
  StartedTimestamp: task.startedAt,
});

/** Stops a message move task; what it has moved stays moved. */

import type { Sqs, SqsOperation } from '../sqs.ts';
import { invalidParameter, resourceNotFound } from '../sqs-error.ts';

/**
 * `CancelMessageMoveTask`.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValue
 * @see Amazon SQS API reference, CancelMessageMoveTask
 */
export const cancelMessageMoveTask =
  ({ moveTasks }: Sqs): SqsOperation<'CancelMessageMoveTask'> =>
  ({ TaskHandle: handle }) => {
    if (!isHandle(handle)) throw invalidParameter('Value for parameter TaskHandle is invalid.');
    const task = moveTasks.find(handle);
    if (task === undefined) throw resourceNotFound('Task does not exist.');
    if (task.status !== 'RUNNING') throw invalidParameter('Only active tasks can be cancelled.');
    task.cancel();
    return { ApproximateNumberOfMessagesMoved: task.moved };
  };

/** Handles are JSON in base64. */
function isHandle(handle: string): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(handle, 'base64').toString());
    return typeof value === 'object' && value !== null && 'taskId' in value;
  } catch {
    return false;
  }
}

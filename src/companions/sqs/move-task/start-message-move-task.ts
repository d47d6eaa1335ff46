/** Begins to move the messages of a dead-letter queue. */
import type { Queue } from '../queue/queue.ts';
import type { Sqs, SqsOperation } from '../sqs.ts';
import { invalidParameter, invalidValue, resourceNotFound } from '../sqs-error.ts';

/**
 * `StartMessageMoveTask`.
 * @throws ServiceError ResourceNotFoundException, InvalidParameterValue
 * @see Amazon SQS API reference, StartMessageMoveTask
 */
export const startMessageMoveTask =
  ({ queues, moveTasks }: Sqs): SqsOperation<'StartMessageMoveTask'> =>
  ({ SourceArn: sourceArn, DestinationArn: destinationArn, MaxNumberOfMessagesPerSecond: rate }) => {
    const source = queues.findByArn(sourceArn);
    if (source === undefined) throw notThere('SourceArn');
    if (queues.sourcesOf(sourceArn).length === 0) {
      throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
    }
    if (destinationArn !== undefined) checkDestination(source, queues.findByArn(destinationArn));
    if (rate !== undefined && (rate < 1 || rate > 500)) {
      throw invalidValue(rate, 'MaxNumberOfMessagesPerSecond', 'Must be between 1 and 500, if provided.');
    }
    if (moveTasks.of(sourceArn).some(({ status }) => status === 'RUNNING' || status === 'CANCELLING')) {
      throw invalidParameter(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    return { TaskHandle: moveTasks.start({ sourceArn, destinationArn, rate }).handle };
  };

function checkDestination(source: Queue, destination: Queue | undefined): void {
  if (destination === undefined) throw notThere('DestinationArn');
  if (destination === source) throw invalidParameter('Source queue arn and destination queue arn must be different.');
  if (destination.isFifo !== source.isFifo) {
    throw invalidParameter('Source queue and destination queue must be of the same type.');
  }
}

const notThere = (parameter: string) =>
  resourceNotFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);

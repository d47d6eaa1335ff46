/** Whether a queue may give its messages to the dead-letter queue that it names. */
import type { QueueAttributes } from '../queue/queue-attributes.ts';
import type { QueueDirectory } from '../queue/queue-directory.ts';
import { allowsSource, parseRedrivePolicy } from '../queue/redrive-policy.ts';
import { invalidValue } from '../sqs-error.ts';

/** @throws ServiceError InvalidParameterValue */
export function checkRedrive(
  queues: QueueDirectory,
  sourceArn: string,
  isFifo: boolean,
  { RedrivePolicy: policy }: QueueAttributes,
): void {
  if (policy === undefined) return;
  const { target } = parseRedrivePolicy(policy);
  const deadLetters = queues.findByArn(target);
  // Source: Amazon SQS developer guide, "Using dead-letter queues": both are in one account and region.
  if (deadLetters === undefined || placeOf(target) !== placeOf(sourceArn))
    throw invalidValue(policy, 'RedrivePolicy', 'Dead letter target does not exist.');
  if (deadLetters.isFifo !== isFifo) {
    throw invalidValue(policy, 'RedrivePolicy', 'Dead-letter queue must be same type of queue as the source.');
  }
  if (!allowsSource(deadLetters.settings.redriveAllow, sourceArn)) {
    throw invalidValue(
      policy,
      'RedrivePolicy',
      'The redrive allow policy of the dead letter target denies this queue.',
    );
  }
}

/** Of an ARN: all before the name. */
const placeOf = (arn: string): string => arn.slice(0, arn.lastIndexOf(':'));

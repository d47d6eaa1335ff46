/**
 * Checks where notifications are to go before they are configured: queues and topics get a message that says so.
 * @see Amazon S3 user guide, "Enabling and configuring event notifications"
 */

import { parseArn } from '../../../aws/arn.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { S3Call } from '../s3-call.ts';
import { invalidArgument } from '../s3-error.ts';
import { testMessage } from './event-message.ts';
import type { Destination, NotificationRule } from './notification-rule.ts';
import { originOf } from './notifier.ts';

const services: Readonly<Record<Destination['kind'], string>> = { queue: 'sqs', topic: 'sns', function: 'lambda' };

/** @throws ServiceError InvalidArgument that names every destination that cannot be reached, and why */
export async function checkDestinations(
  bucket: Bucket,
  rules: readonly NotificationRule[],
  skipsValidation: boolean,
  call: S3Call,
): Promise<void> {
  for (const { destination } of rules) checkArn(destination);
  if (skipsValidation) return;
  const message = testMessage(originOf(bucket, call));
  const different = new Map(rules.map(({ destination }) => [destination.arn, destination]));
  const faults = await Promise.all(
    [...different.values()].map((destination) => faultOf(destination, bucket, message, call)),
  );
  const members = faults
    .filter((fault) => fault !== undefined)
    .flatMap(({ arn, reason }, index) => [
      [`ArgumentName${index + 1}`, arn],
      [`ArgumentValue${index + 1}`, reason],
    ]);
  if (members.length === 0) return;
  throw new ServiceError('InvalidArgument', 'Unable to validate the following destination configurations', {
    status: 400,
    members: Object.fromEntries(members) as Record<string, string>,
  });
}

function checkArn({ kind, arn }: Destination): void {
  const parsed = parseArn(arn);
  if (parsed?.service !== services[kind]) throw invalidArgument('The ARN could not be parsed', kind, arn);
  if (kind === 'queue' && parsed.resource.endsWith('.fifo')) {
    throw invalidArgument(
      'Unable to validate the following destination configurations',
      arn,
      'FIFO SQS queues are not supported.',
    );
  }
  if (kind === 'topic' && parsed.resource.endsWith('.fifo')) {
    throw invalidArgument(
      'Unable to validate the following destination configurations',
      arn,
      'FIFO SNS topics are not supported.',
    );
  }
}

interface Fault {
  readonly arn: string;
  readonly reason: string;
}

async function faultOf(
  destination: Destination,
  bucket: Bucket,
  message: string,
  call: S3Call,
): Promise<Fault | undefined> {
  const { arn, kind } = destination;
  const { destinations } = call.notifier;
  if (kind === 'function') {
    return destinations.hasFunction(arn)
      ? undefined
      : { arn, reason: 'The destination Lambda function does not exist' };
  }
  try {
    await destinations.send(destination, message, originOf(bucket, call));
    return undefined;
  } catch (error) {
    const { name, message: text } = error instanceof Error ? error : new Error(String(error));
    const isAbsent = /QueueDoesNotExist|NonExistentQueue|NotFound/.test(name);
    return { arn, reason: isAbsent ? `The destination ${kind} does not exist` : text };
  }
}

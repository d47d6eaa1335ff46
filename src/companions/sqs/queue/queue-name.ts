/** What a queue may be called. */
import { formatArn, parseArn } from '../../../aws/arn.ts';
import { accountId, region, type Scope, scopeOf } from '../../../aws/scope.ts';
import { invalidParameter } from '../sqs-error.ts';

export const isFifoName = (name: string): boolean => name.endsWith('.fifo');

/**
 * @throws ServiceError InvalidParameterValue
 * @see Amazon SQS API reference, CreateQueue, QueueName
 */
export function checkQueueName(name: string, isFifo: boolean): void {
  if (isFifo) {
    if (!/^[\w-]{1,75}\.fifo$/.test(name)) {
      throw invalidParameter(
        'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
      );
    }
  } else if (!/^[\w-]{1,80}$/.test(name)) {
    throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}

/** A queue's name together with where it is. */
export interface QueueAddress {
  readonly scope: Scope;
  readonly name: string;
}

export const queueArn = ({ scope: { partition, region: place, account }, name }: QueueAddress): string =>
  formatArn({ partition, service: 'sqs', region: place, account, resource: name });

/** @returns Nothing for what is not the ARN of a queue. */
export function addressOfArn(text: string): QueueAddress | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'sqs') return undefined;
  return { scope: scopeOf(accountId(arn.account), region(arn.region)), name: arn.resource };
}

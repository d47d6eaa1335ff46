/** What the operations of Amazon SQS share. */
import type { SqsOperations } from '../../aws/generated/sqs-operations.ts';
import type { Operation } from '../../aws/operation-table.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { MoveTasks } from './move-task/move-tasks.ts';
import type { QueueDirectory } from './queue/queue-directory.ts';
import type { QueueUrls } from './queue/queue-urls.ts';

export interface Sqs {
  readonly clock: Clock;
  readonly random: Random;
  readonly queues: QueueDirectory;
  readonly urls: QueueUrls;
  readonly moveTasks: MoveTasks;
  /** How long a queue that was purged cannot be purged again, in milliseconds. AWS: 60 seconds. */
  readonly purgeRest: number;
}

export type SqsOperation<Name extends keyof SqsOperations> = Operation<
  SqsOperations[Name]['input'],
  SqsOperations[Name]['output'],
  CompanionCall
>;

/** Amazon SQS: standard and FIFO queues in memory, over both protocols. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { sqs as table } from '../../aws/generated/sqs.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import { MoveTasks } from './move-task/move-tasks.ts';
import { QueueDirectory } from './queue/queue-directory.ts';
import { type QueueUrlForm, QueueUrls } from './queue/queue-urls.ts';
import { requiredParameters } from './required-parameters.ts';
import type { Sqs } from './sqs.ts';
import { sqsOperations } from './sqs-operations.ts';
import { compileSqsQuery } from './sqs-query.ts';

export interface SqsSettings {
  readonly queueUrlForm: QueueUrlForm;
  /** Milliseconds that a queue rests after it was purged, and its name after it was deleted. */
  readonly purgeRest: number;
  readonly nameRest: number;
}

/** The largest batch has 1 MiB, which a form writes with three bytes for each, and JSON with six. */
const bodyLimit = 7 * 1024 * 1024;

export function openSqs(deps: CompanionDeps, { queueUrlForm, purgeRest, nameRest }: SqsSettings): EmbeddedService {
  const { clock, random, publicOrigin } = deps;
  const queues = new QueueDirectory({ clock, random, nameRest });
  const moveTasks = new MoveTasks({ clock, random, find: (arn) => queues.findByArn(arn) });
  const sqs: Sqs = {
    clock,
    random,
    queues,
    urls: new QueueUrls({ form: queueUrlForm, publicOrigin }),
    moveTasks,
    purgeRest,
  };
  return new OperationService({
    ...deps,
    table,
    protocols: [compileAwsJson(table, '1.0', true), compileSqsQuery()],
    operations: sqsOperations(sqs),
    bodyLimit,
    validatorOf: (operation) => requiredParameters(table, operation),
    async close() {
      moveTasks[Symbol.dispose]();
      queues[Symbol.dispose]();
    },
  });
}

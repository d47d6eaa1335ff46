/** The table of Amazon SQS's operations. */
import type { SqsOperations } from '../../aws/generated/sqs-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import type { CompanionCall } from '../companion-call.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
} from './message-operations/change-message-visibility.ts';
import { deleteMessage, deleteMessageBatch } from './message-operations/delete-message.ts';
import { receiveMessage } from './message-operations/receive-message.ts';
import { sendMessage } from './message-operations/send-message.ts';
import { sendMessageBatch } from './message-operations/send-message-batch.ts';
import { cancelMessageMoveTask } from './move-task/cancel-message-move-task.ts';
import { listMessageMoveTasks } from './move-task/list-message-move-tasks.ts';
import { startMessageMoveTask } from './move-task/start-message-move-task.ts';
import { createQueue } from './queue-operations/create-queue.ts';
import { deleteQueue } from './queue-operations/delete-queue.ts';
import { getQueueAttributes } from './queue-operations/get-queue-attributes.ts';
import { getQueueUrl } from './queue-operations/get-queue-url.ts';
import { listDeadLetterSourceQueues } from './queue-operations/list-dead-letter-source-queues.ts';
import { listQueues } from './queue-operations/list-queues.ts';
import { purgeQueue } from './queue-operations/purge-queue.ts';
import { addPermission, removePermission } from './queue-operations/queue-permissions.ts';
import { listQueueTags, tagQueue, untagQueue } from './queue-operations/queue-tags.ts';
import { setQueueAttributes } from './queue-operations/set-queue-attributes.ts';
import type { Sqs } from './sqs.ts';

export const sqsOperations = (sqs: Sqs) =>
  ({
    AddPermission: addPermission(sqs),
    CancelMessageMoveTask: cancelMessageMoveTask(sqs),
    ChangeMessageVisibility: changeMessageVisibility(sqs),
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch(sqs),
    CreateQueue: createQueue(sqs),
    DeleteMessage: deleteMessage(sqs),
    DeleteMessageBatch: deleteMessageBatch(sqs),
    DeleteQueue: deleteQueue(sqs),
    GetQueueAttributes: getQueueAttributes(sqs),
    GetQueueUrl: getQueueUrl(sqs),
    ListDeadLetterSourceQueues: listDeadLetterSourceQueues(sqs),
    ListMessageMoveTasks: listMessageMoveTasks(sqs),
    ListQueueTags: listQueueTags(sqs),
    ListQueues: listQueues(sqs),
    PurgeQueue: purgeQueue(sqs),
    ReceiveMessage: receiveMessage(sqs),
    RemovePermission: removePermission(sqs),
    SendMessage: sendMessage(sqs),
    SendMessageBatch: sendMessageBatch(sqs),
    SetQueueAttributes: setQueueAttributes(sqs),
    StartMessageMoveTask: startMessageMoveTask(sqs),
    TagQueue: tagQueue(sqs),
    UntagQueue: untagQueue(sqs),
  }) satisfies OperationTable<SqsOperations, CompanionCall>;

/** Sends to queues by their ARN, wherever SQS is: here or at another endpoint. */
import type { MessageAttributeValue, SQSClient } from '@aws-sdk/client-sqs';
import { parseArn } from '../aws/arn.ts';
import type { ServiceClients } from '../aws/clients/service-clients.ts';
import { accountId, region, scopeOf } from '../aws/scope.ts';

export interface QueueMessage {
  readonly body: string;
  readonly attributes?: Record<string, MessageAttributeValue>;
  /** For FIFO queues. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly traceHeader?: string | undefined;
}

/** Asked for once: the URL of a queue stays, unless the queue is made anew elsewhere. */
export class QueueSender {
  readonly #clients: ServiceClients;
  readonly #urls = new Map<string, string>();

  constructor(clients: ServiceClients) {
    this.#clients = clients;
  }

  /** @throws Error when there is no such queue, or SQS is not to be had */
  async send(queueArn: string, message: QueueMessage): Promise<void> {
    const client = await this.#clientOf(queueArn);
    const { SendMessageCommand } = await import('@aws-sdk/client-sqs');
    const trace = message.traceHeader;
    const command = new SendMessageCommand({
      QueueUrl: await this.#urlOf(client, queueArn),
      MessageBody: message.body,
      MessageAttributes: message.attributes,
      MessageGroupId: message.groupId,
      MessageDeduplicationId: message.deduplicationId,
      ...(trace === undefined
        ? {}
        : { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } } }),
    });
    try {
      await client.send(command);
    } catch (error) {
      this.#urls.delete(queueArn);
      throw error;
    }
  }

  /** Whether there is such a queue. @throws Error when SQS is not to be had */
  async exists(queueArn: string): Promise<boolean> {
    const client = await this.#clientOf(queueArn);
    this.#urls.delete(queueArn);
    try {
      await this.#urlOf(client, queueArn);
      return true;
    } catch (error) {
      if (isQueueMissing(error)) return false;
      throw error;
    }
  }

  #clientOf(queueArn: string): Promise<SQSClient> {
    const arn = parseArn(queueArn);
    if (arn?.service !== 'sqs') throw new Error(`${queueArn} is not the ARN of a queue`);
    return this.#clients.sqs(scopeOf(accountId(arn.account), region(arn.region)));
  }

  async #urlOf(client: SQSClient, queueArn: string): Promise<string> {
    const known = this.#urls.get(queueArn);
    if (known !== undefined) return known;
    const { GetQueueUrlCommand } = await import('@aws-sdk/client-sqs');
    const { QueueUrl = '' } = await client.send(
      new GetQueueUrlCommand({ QueueName: parseArn(queueArn)?.resource ?? '' }),
    );
    this.#urls.set(queueArn, QueueUrl);
    return QueueUrl;
  }
}

/** Whether an error of SQS says that there is no such queue. */
export const isQueueMissing = (error: unknown): boolean =>
  error instanceof Error && error.name.startsWith('QueueDoesNotExist');

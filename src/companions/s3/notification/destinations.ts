/** Takes messages to queues, topics, functions and the event bus, wherever those are. */
import { parseArn } from '../../../aws/arn.ts';
import type { ServiceClients } from '../../../aws/clients/service-clients.ts';
import { accountId, region, type Scope, scopeOf } from '../../../aws/scope.ts';
import type { FunctionTarget } from '../../function-target.ts';
import { type BucketEvent, bucketArn } from './bucket-event.ts';
import { bridgedEvent } from './event-message.ts';
import type { Destination } from './notification-rule.ts';

const subject = 'Amazon S3 Notification';

export class Destinations {
  readonly #clients: ServiceClients;
  readonly #functions: FunctionTarget;
  /** By ARN: a queue's URL does not change as long as there is the queue. */
  readonly #queueUrls = new Map<string, string>();

  constructor(clients: ServiceClients, functions: FunctionTarget) {
    this.#clients = clients;
    this.#functions = functions;
  }

  /** @throws whatever keeps the message from its destination */
  async send(destination: Destination, message: string, event: Pick<BucketEvent, 'bucket'>): Promise<void> {
    const { arn } = destination;
    switch (destination.kind) {
      case 'queue':
        return this.#toQueue(arn, message);
      case 'topic': {
        const client = await this.#clients.sns(scopeOfArn(arn));
        const { PublishCommand } = await import('@aws-sdk/client-sns');
        await client.send(new PublishCommand({ TopicArn: arn, Message: message, Subject: subject }));
        return;
      }
      case 'function': {
        const delivery = await this.#functions.deliver({
          functionArn: arn,
          payload: Buffer.from(message),
          principal: 's3.amazonaws.com',
          sourceArn: bucketArn(event.bucket),
        });
        if (delivery.kind === 'refused') throw new Error(delivery.message);
      }
    }
  }

  /** @throws whatever keeps the event from the bus */
  async sendToBus(event: BucketEvent): Promise<void> {
    const { owner, region: home } = event.bucket;
    const client = await this.#clients.events(scopeOf(owner, home));
    const { PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    const { Entries: entries = [] } = await client.send(new PutEventsCommand({ Entries: [bridgedEvent(event)] }));
    const failed = entries.find(({ ErrorCode: code }) => code !== undefined);
    if (failed !== undefined) throw new Error(`${failed.ErrorCode}: ${failed.ErrorMessage}`);
  }

  hasFunction(arn: string): boolean {
    return this.#functions.exists(arn);
  }

  async #toQueue(arn: string, message: string): Promise<void> {
    const client = await this.#clients.sqs(scopeOfArn(arn));
    const { GetQueueUrlCommand, SendMessageCommand } = await import('@aws-sdk/client-sqs');
    const { resource: name = '', account = '' } = parseArn(arn) ?? {};
    let url = this.#queueUrls.get(arn);
    if (url === undefined) {
      const found = await client.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }));
      url = found.QueueUrl ?? '';
      this.#queueUrls.set(arn, url);
    }
    try {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: message }));
    } catch (error) {
      // One of the same name may have come in its place, at another URL.
      this.#queueUrls.delete(arn);
      throw error;
    }
  }
}

function scopeOfArn(arn: string): Scope {
  const { account = '', region: name = '' } = parseArn(arn) ?? {};
  return scopeOf(accountId(account), region(name));
}

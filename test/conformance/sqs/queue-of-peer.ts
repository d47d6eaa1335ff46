/** A queue of any implementation, seen through the SDK. */
import assert from 'node:assert/strict';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export class QueueOfPeer {
  readonly client: SQSClient;
  readonly url: string;

  constructor(client: SQSClient, url: string) {
    this.client = client;
    this.url = url;
  }

  send(MessageBody: string, input: Partial<SendMessageCommandInput> = {}) {
    return this.client.send(new SendMessageCommand({ QueueUrl: this.url, MessageBody, ...input }));
  }

  async receive(input: Partial<ReceiveMessageCommandInput> = {}): Promise<readonly Message[]> {
    const wishes = { MaxNumberOfMessages: 10, ...input };
    const { Messages = [] } = await this.client.send(new ReceiveMessageCommand({ QueueUrl: this.url, ...wishes }));
    return Messages;
  }

  delete({ ReceiptHandle }: Message) {
    return this.client.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle }));
  }

  hide({ ReceiptHandle }: Message, VisibilityTimeout: number) {
    return this.client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: this.url, ReceiptHandle, VisibilityTimeout }),
    );
  }

  async attribute(name: QueueAttributeName): Promise<string | undefined> {
    const input = { QueueUrl: this.url, AttributeNames: [name] };
    return (await this.client.send(new GetQueueAttributesCommand(input))).Attributes?.[name];
  }

  async arn(): Promise<string> {
    return (await this.attribute('QueueArn')) ?? '';
  }
}

/** Asks until the answer is yes; each question is a call or more, so that a few hundred are patience enough. */
export async function until(question: () => Promise<boolean>, what: string): Promise<void> {
  for (let asked = 0; asked < 500; asked += 1) {
    if (await question()) return;
  }
  assert.fail(`never: ${what}`);
}

export const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);

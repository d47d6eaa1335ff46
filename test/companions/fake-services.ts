/** Stands for queues, topics and the event bus in tests of those who send to them. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { AnsweringServer } from '../kit/answering-server.ts';

/** Takes what they are sent; what is called `gone` is not there. */
export class FakeServices implements AsyncDisposable {
  readonly queued: { readonly queue: string; readonly body: string }[] = [];
  readonly published: { readonly topic: string; readonly subject: string; readonly message: string }[] = [];
  readonly bridged: Record<string, unknown>[] = [];
  /** Answers of that many requests to send are faults. */
  faults = 0;
  #server: AnsweringServer | undefined;

  static async start(): Promise<FakeServices> {
    const services = new FakeServices();
    services.#server = await AnsweringServer.start((request, response) => void services.#answer(request, response));
    return services;
  }

  get endpoint(): string {
    return `http://${this.#server?.address}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.headers['x-amz-target'];
    if (target === undefined) return this.#topic(new URLSearchParams(await text(request)), response);
    const input = (await json(request)) as Record<string, string> & { readonly Entries: Record<string, unknown>[] };
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body));
    };
    if (target === 'AmazonSQS.GetQueueUrl') {
      if (input['QueueName'] === 'gone')
        return answer(400, { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'no' });
      return answer(200, { QueueUrl: `${this.endpoint}/${input['QueueName']}` });
    }
    if (target === 'AmazonSQS.SendMessage') {
      if (this.faults > 0) {
        this.faults -= 1;
        return answer(400, { __type: 'Throttled', message: 'later' });
      }
      const queue = (input['QueueUrl'] ?? '').split('/').at(-1) ?? '';
      this.queued.push({ queue, body: input['MessageBody'] ?? '' });
      return answer(200, {
        MessageId: '1',
        MD5OfMessageBody: createHash('md5')
          .update(input['MessageBody'] ?? '')
          .digest('hex'),
      });
    }
    this.bridged.push(...input.Entries);
    return answer(200, { FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
  }

  #topic(form: URLSearchParams, response: ServerResponse): void {
    const topic = form.get('TopicArn') ?? '';
    response.setHeader('content-type', 'text/xml');
    if (topic.endsWith(':gone')) {
      response.writeHead(404);
      response.end(
        '<ErrorResponse><Error><Code>NotFound</Code><Message>Topic does not exist</Message></Error></ErrorResponse>',
      );
      return;
    }
    this.published.push({ topic, subject: form.get('Subject') ?? '', message: form.get('Message') ?? '' });
    response.end('<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>');
  }
}

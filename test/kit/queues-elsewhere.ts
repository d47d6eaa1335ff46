/** A queue service at an endpoint of its own, which writes down its messages, and whatever else is posted to it. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { AnsweringServer } from './answering-server.ts';

type Json = Readonly<Record<string, unknown>>;

export class QueuesElsewhere implements AsyncDisposable {
  /** The inputs of SendMessage. */
  readonly messages: Json[] = [];
  readonly posts: Json[] = [];
  #server: AnsweringServer | undefined;

  private constructor() {}

  static async start(): Promise<QueuesElsewhere> {
    const queues = new QueuesElsewhere();
    queues.#server = await AnsweringServer.start((request, response) => void queues.#answer(request, response));
    return queues;
  }

  get url(): string {
    return `http://${this.#server?.address}`;
  }

  /** Of the messages, which are JSON. */
  bodies(): readonly Json[] {
    return this.messages.map(({ MessageBody }) => JSON.parse(String(MessageBody)) as Json);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = JSON.parse((await text(request)) || '{}') as Json;
    const target = request.headers['x-amz-target'];
    if (target === undefined) this.posts.push(input);
    else if (target === 'AmazonSQS.SendMessage') this.messages.push(input);
    // The SDK checks it.
    const MD5OfMessageBody = createHash('md5').update(String(input['MessageBody'])).digest('hex');
    const answer = { QueueUrl: `${this.url}/000000000000/q`, MD5OfMessageBody };
    response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(answer));
  }
}

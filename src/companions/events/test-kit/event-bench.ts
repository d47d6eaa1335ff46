/** EventBridge with a clock that a test moves, and other services that write down what they are told. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InProcessHandler } from '../../../aws/clients/in-process-handler.ts';
import { ServiceClients } from '../../../aws/clients/service-clients.ts';
import type { EmbeddedService, IncomingServiceRequest } from '../../../aws/embedded-service.ts';
import type { EncodedResponse } from '../../../aws/protocol/encoded-response.ts';
import { AccessKeys } from '../../../aws/sigv4/access-keys.ts';
import { silentLogger } from '../../../kernel/logger.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import type { FunctionDelivery, FunctionEvent } from '../../function-target.ts';
import { openEvents } from '../open-events.ts';

export interface Told {
  /** SendMessage, PutRecord, … */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A service of a JSON protocol that answers everything alike. */
class ListeningService implements EmbeddedService {
  readonly #told: Told[];
  readonly #answers: (input: Told['input']) => EncodedResponse;

  constructor(told: Told[], answers: (input: Told['input']) => EncodedResponse) {
    this.#told = told;
    this.#answers = answers;
  }

  async answer({ headers, body }: IncomingServiceRequest): Promise<EncodedResponse> {
    const operation = String(headers['x-amz-target']).replace(/^.*\./, '');
    const input = JSON.parse((await body.whole(1e9)).toString()) as Record<string, unknown>;
    this.#told.push({ operation, input });
    return this.#answers(input);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

export class EventBench implements AsyncDisposable {
  readonly clock = new VirtualClock();
  /** By other services, in order. */
  readonly told: Told[] = [];
  readonly invoked: FunctionEvent[] = [];
  readonly client: EventBridgeClient;
  /** What functions answer. */
  delivery: FunctionDelivery = { kind: 'accepted' };
  /** What the other services answer. */
  status = 200;
  readonly #clients: ServiceClients;
  readonly #service: EmbeddedService;

  constructor() {
    const listening = new ListeningService(this.told, ({ MessageBody = '' }) => {
      const good = {
        QueueUrl: 'http://localhost/000000000000/queue',
        // The SDK checks it.
        MD5OfMessageBody: createHash('md5').update(String(MessageBody)).digest('hex'),
      };
      const bad = { __type: 'InvalidSomething', message: 'no' };
      const headers = { 'content-type': 'application/x-amz-json-1.0' };
      return { status: this.status, headers, body: Buffer.from(JSON.stringify(this.status === 200 ? good : bad)) };
    });
    this.#clients = new ServiceClients(() => ({ kind: 'embedded', open: async () => listening }));
    this.#service = openEvents({
      clock: this.clock,
      random: systemRandom,
      logger: silentLogger,
      clients: this.#clients,
      functions: {
        deliver: async (event) => {
          this.invoked.push(event);
          return this.delivery;
        },
        exists: () => true,
      },
      accessKeys: new AccessKeys(new Map()),
      publicOrigin: () => 'http://localhost:4566',
      folder: '/nowhere',
    });
    this.client = new EventBridgeClient({
      region: 'us-east-1',
      endpoint: 'http://localhost',
      credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
      requestHandler: new InProcessHandler(this.#service),
      maxAttempts: 1,
    });
  }

  /** The events that functions got. */
  get events(): readonly Record<string, unknown>[] {
    return this.invoked.map(({ payload }) => JSON.parse(payload.toString()) as Record<string, unknown>);
  }

  /** Of a request as bytes, which came over a socket. */
  async answer(operation: string, body: string): Promise<{ readonly status: number; readonly body: string }> {
    const bytes = Buffer.from(body);
    const answer = await this.#service.answer({
      method: 'POST',
      path: '/',
      rawQuery: '',
      headers: { host: 'localhost:4566', 'x-amz-target': `AWSEvents.${operation}` },
      body: { whole: async () => bytes, stream: () => Readable.from([bytes]) },
      signal: new AbortController().signal,
    });
    return { status: answer.status, body: (answer.body ?? '').toString() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.destroy();
    this.#clients[Symbol.dispose]();
    await this.#service[Symbol.asyncDispose]();
  }
}

/**
 * The SDK's own clients of the services that functions are fed from and report to. An embedded service is called in this
 * process, on the same code path and without a socket; one that is elsewhere, at its endpoint.
 */
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { EmbeddedService } from '../embedded-service.ts';
import type { Scope } from '../scope.ts';
import type { ServiceName } from '../service-names.ts';
import { InProcessHandler } from './in-process-handler.ts';

/** Where a service is. */
export type ServiceLocation =
  | { readonly kind: 'embedded'; open(): Promise<EmbeddedService> }
  | { readonly kind: 'elsewhere'; readonly endpoint: string; readonly credentials: CredentialsSource | undefined }
  | { readonly kind: 'absent'; readonly reason: string };

export interface ClientCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Asked when a client needs them; there may be none. */
export type CredentialsSource = () => Promise<ClientCredentials | undefined>;

export type Locate = (service: ServiceName) => ServiceLocation;

/** What the constructors of all clients have in common. */
export interface ClientOptions {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: ClientCredentials;
  readonly requestHandler?: InProcessHandler;
}

interface Destroyable {
  destroy(): void;
}

/** A service that is switched off or not there. */
export class ServiceAbsent extends Error {
  override readonly name = 'ServiceAbsent';
}

export class ServiceClients implements Disposable {
  readonly #locate: Locate;
  readonly #clients = new Map<string, Promise<Destroyable>>();

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  sqs(scope: Scope): Promise<SQSClient> {
    return this.#client('sqs', scope, async (options) => {
      const { SQSClient: Client } = await import('@aws-sdk/client-sqs');
      // A queue's URL may name the host by which somebody else reaches it.
      return new Client({ ...options, useQueueUrlAsEndpoint: false });
    });
  }

  sns(scope: Scope): Promise<SNSClient> {
    return this.#client('sns', scope, async (options) => {
      const { SNSClient: Client } = await import('@aws-sdk/client-sns');
      return new Client(options);
    });
  }

  s3(scope: Scope): Promise<S3Client> {
    return this.#client('s3', scope, async (options) => {
      const { S3Client: Client } = await import('@aws-sdk/client-s3');
      return new Client({ ...options, forcePathStyle: true });
    });
  }

  kinesis(scope: Scope): Promise<KinesisClient> {
    return this.#client('kinesis', scope, async (options) => {
      const { KinesisClient: Client } = await import('@aws-sdk/client-kinesis');
      return new Client(options);
    });
  }

  dynamodbStreams(scope: Scope): Promise<DynamoDBStreamsClient> {
    return this.#client('dynamodbstreams', scope, async (options) => {
      const { DynamoDBStreamsClient: Client } = await import('@aws-sdk/client-dynamodb-streams');
      return new Client(options);
    });
  }

  events(scope: Scope): Promise<EventBridgeClient> {
    return this.#client('events', scope, async (options) => {
      const { EventBridgeClient: Client } = await import('@aws-sdk/client-eventbridge');
      return new Client(options);
    });
  }

  logs(scope: Scope): Promise<CloudWatchLogsClient> {
    return this.#client('logs', scope, async (options) => {
      const { CloudWatchLogsClient: Client } = await import('@aws-sdk/client-cloudwatch-logs');
      return new Client(options);
    });
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) void client.then((made) => made.destroy()).catch(() => undefined);
    this.#clients.clear();
  }

  /** One client for each service, account and region. */
  #client<Client extends Destroyable>(
    service: ServiceName,
    scope: Scope,
    make: (options: ClientOptions) => Promise<Client>,
  ): Promise<Client> {
    const key = `${service}/${scope.account}/${scope.region}`;
    const present = this.#clients.get(key);
    // What is kept under a key was made by the one caller that has this key.
    if (present !== undefined) return present as Promise<Client>;
    const made = this.#options(service, scope).then(make);
    this.#clients.set(key, made);
    made.catch(() => this.#clients.delete(key));
    return made;
  }

  async #options(service: ServiceName, { account, region }: Scope): Promise<ClientOptions> {
    const location = this.#locate(service);
    // The account of the resource signs, as its own key: that is how an emulator tells accounts apart.
    const own: ClientCredentials = { accessKeyId: account, secretAccessKey: 'test' };
    switch (location.kind) {
      case 'embedded':
        return {
          region,
          endpoint: 'http://localhost',
          credentials: own,
          requestHandler: new InProcessHandler(await location.open()),
        };
      case 'elsewhere':
        return { region, endpoint: location.endpoint, credentials: (await location.credentials?.()) ?? own };
      case 'absent':
        throw new ServiceAbsent(location.reason);
    }
  }
}

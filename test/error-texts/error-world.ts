/** A daemon with something of everything in it, so that a single request comes to each of AWS's refusals. */
import { createHash } from 'node:crypto';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionUrlConfigCommand,
  PublishLayerVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { newBucket, s3Client } from '../companions/s3-client.ts';
import { type ApiAnswer, type ApiRequest, apiRequest } from '../kit/api-request.ts';
import type { Refusal } from '../kit/refusal.ts';
import { role } from '../kit/role.ts';
import { echo } from '../kit/sample-code.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { zipOf } from '../kit/zip-of.ts';

export const functionsPath = '/2015-03-31/functions';
export const prefix = 'arn:aws:lambda:us-east-1:000000000000';
export const arnOf = (name: string): string => `${prefix}:function:${name}`;
export const queue = 'arn:aws:sqs:us-east-1:000000000000:queue';
export const stream = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';
export const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/table/stream/1';
export const kafka = {
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['broker:9092'] } },
  SourceAccessConfigurations: [
    { Type: 'BASIC_AUTH' as const, URI: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:s' },
  ],
  Topics: ['topic'],
};

/** A request, and what AWS answers to it; some answers name what only this run has. */
export type ErrorCase = readonly [
  ask: (world: ErrorWorld) => Promise<ApiAnswer>,
  refusal: Refusal | ((world: ErrorWorld) => Refusal),
];

/** By the number of the recorded text; some are said in more than one place. */
export type ErrorTexts = Readonly<Record<number, readonly ErrorCase[]>>;

export const asked =
  (method: string, path: string, body?: unknown, more: Partial<ApiRequest> = {}) =>
  (world: ErrorWorld): Promise<ApiAnswer> =>
    world.send({ method, path, ...(body === undefined ? {} : { body }), ...more });

/** CreateFunction, fine but for the members given. */
export const created =
  (members: object) =>
  (world: ErrorWorld): Promise<ApiAnswer> =>
    world.send({ method: 'POST', path: functionsPath, body: { ...world.creatable, ...members } });

export class ErrorWorld implements AsyncDisposable {
  /** Base64 of a package. */
  readonly archive: string;
  /** UUIDs of the mappings of `known`. */
  readonly mappings = new Map<'queue' | 'stream' | 'kafka', string>();
  readonly #daemon: TestDaemon;

  private constructor(daemon: TestDaemon, archive: string) {
    this.#daemon = daemon;
    this.archive = archive;
  }

  static async open(): Promise<ErrorWorld> {
    const archive = (await zipOf(echo)).toString('base64');
    const world = new ErrorWorld(await TestDaemon.start({ settings: { LAMBDA_RUNTIME_VALIDATION: '1' } }), archive);
    await world.#populate();
    return world;
  }

  send(request: ApiRequest): Promise<ApiAnswer> {
    return apiRequest(this.#daemon.endpoint, request);
  }

  /** In the daemon's own S3. */
  async makeBucket(name: string): Promise<void> {
    const client = s3Client(this.#daemon);
    await newBucket(client, name);
    client.destroy();
  }

  get creatable() {
    return {
      FunctionName: 'refused',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile: this.archive },
    };
  }

  /** Of the package, as the API shows it. */
  get codeSha256(): string {
    return createHash('sha256').update(Buffer.from(this.archive, 'base64')).digest('base64');
  }

  /** The function is neither Pending nor being updated. */
  async settled(name: string): Promise<void> {
    for (;;) {
      const { text } = await this.send({ path: `${functionsPath}/${name}/configuration` });
      if (!/"(Pending|InProgress)"/.test(text)) return;
    }
  }

  async #populate(): Promise<void> {
    const { lambda } = this.#daemon;
    for (const FunctionName of ['known', 'bare', 'busy', 'stopped', 'early-version', 'early-alias']) {
      await this.#daemon.function({ FunctionName, code: echo, Publish: true });
      await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
    }
    const FunctionName = 'known';
    const statement = { StatementId: 'taken', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' };
    await lambda.send(new AddPermissionCommand({ FunctionName, ...statement }));
    await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }));
    await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'stopped', ReservedConcurrentExecutions: 0 }));
    for (const [name, Qualifier] of [
      ['early-version', '1'],
      ['early-alias', 'live'],
    ] as const) {
      const one = { FunctionName: name, Qualifier, ProvisionedConcurrentExecutions: 1 };
      await lambda.send(new PutProvisionedConcurrencyConfigCommand(one));
    }
    const Content = { ZipFile: Buffer.from(this.archive, 'base64') };
    for (const LayerName of ['layer', 'layer'])
      await lambda.send(new PublishLayerVersionCommand({ LayerName, Content }));
    const sources: Record<'queue' | 'stream' | 'kafka', Omit<CreateEventSourceMappingCommandInput, 'FunctionName'>> = {
      queue: { EventSourceArn: queue },
      stream: { EventSourceArn: stream, StartingPosition: 'LATEST' },
      kafka,
    };
    for (const name of ['queue', 'stream', 'kafka'] as const) {
      const { UUID = '' } = await lambda.send(new CreateEventSourceMappingCommand({ FunctionName, ...sources[name] }));
      this.mappings.set(name, UUID);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#daemon[Symbol.asyncDispose]();
  }
}

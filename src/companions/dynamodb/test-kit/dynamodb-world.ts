/** DynamoDB on a virtual clock, with the SDK's own clients in the same process and one table. */
import { Readable } from 'node:stream';
import { type AttributeValue, CreateTableCommand, DynamoDBClient, type StreamViewType } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  ListStreamsCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { InProcessHandler } from '../../../aws/clients/in-process-handler.ts';
import { silentLogger } from '../../../kernel/logger.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { VirtualClock } from '../../../kernel/virtual-clock.ts';
import { openDynamodb } from '../open-dynamodb.ts';

export type SdkItem = Record<string, AttributeValue>;

export const table = 'table';

export class DynamodbWorld implements AsyncDisposable {
  readonly clock = new VirtualClock();
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly #service: ReturnType<typeof openDynamodb>;

  private constructor() {
    this.#service = openDynamodb({
      clock: this.clock,
      random: systemRandom,
      logger: silentLogger,
      publicOrigin: () => 'http://localhost:4566',
    });
    const options = {
      endpoint: 'http://localhost',
      region: 'us-east-1',
      credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
    this.tables = new DynamoDBClient({ ...options, requestHandler: new InProcessHandler(this.#service.tables) });
    this.streams = new DynamoDBStreamsClient({
      ...options,
      requestHandler: new InProcessHandler(this.#service.streams),
    });
  }

  static async open(viewType: StreamViewType = 'NEW_AND_OLD_IMAGES'): Promise<DynamodbWorld> {
    const world = new DynamodbWorld();
    await world.tables.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
      }),
    );
    return world;
  }

  async iterator(
    ShardIteratorType: NonNullable<GetShardIteratorCommandInput['ShardIteratorType']>,
    SequenceNumber?: string,
  ): Promise<string> {
    const { Streams = [] } = await this.streams.send(new ListStreamsCommand({}));
    const StreamArn = Streams[0]?.StreamArn;
    const { StreamDescription } = await this.streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const found = await this.streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }),
    );
    return found.ShardIterator ?? '';
  }

  /** One page. */
  async records(ShardIterator: string, Limit?: number): Promise<StreamRecord[]> {
    const { Records = [] } = await this.streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
    return Records;
  }

  async everyRecord(): Promise<StreamRecord[]> {
    const records: StreamRecord[] = [];
    for (let next: string | undefined = await this.iterator('TRIM_HORIZON'); next !== undefined; ) {
      const page: { Records?: StreamRecord[] | undefined; NextShardIterator?: string | undefined } =
        await this.streams.send(new GetRecordsCommand({ ShardIterator: next, Limit: 7 }));
      if (page.Records === undefined || page.Records.length === 0) break;
      records.push(...page.Records);
      next = page.NextShardIterator;
    }
    return records;
  }

  /** A request as no client would send it. */
  async raw(operation: string, input: unknown): Promise<{ readonly status: number; readonly text: string }> {
    const body = Buffer.from(JSON.stringify(input));
    const { status, body: answer } = await this.#service.tables.answer({
      method: 'POST',
      path: '/',
      rawQuery: '',
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: { whole: async () => body, stream: () => Readable.from(body) },
      signal: new AbortController().signal,
    });
    return { status, text: answer?.toString() ?? '' };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.tables.destroy();
    this.streams.destroy();
    await this.#service.tables[Symbol.asyncDispose]();
    await this.#service.streams[Symbol.asyncDispose]();
  }
}

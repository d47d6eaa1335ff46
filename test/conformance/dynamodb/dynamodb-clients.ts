/** The SDK's clients of DynamoDB and its streams, and what the cases of the suite do with them again and again. */
import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  PutItemCommand,
  type StreamViewType,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record as StreamRecord,
} from '@aws-sdk/client-dynamodb-streams';
import { clientOptions } from '../../kit/service-client.ts';

export class DynamodbClients implements Disposable {
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  #count = 0;

  constructor(endpoint: string) {
    this.tables = new DynamoDBClient(clientOptions(endpoint));
    this.streams = new DynamoDBStreamsClient(clientOptions(endpoint));
  }

  /** Creates a table with the key `pk`, and `sk` (a number) where it is sorted. */
  async table(more: Partial<CreateTableCommandInput> & { readonly isSorted?: boolean } = {}): Promise<string> {
    const { isSorted = false, AttributeDefinitions = [], ...rest } = more;
    const TableName = `table-${this.#count++}`;
    await this.tables.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          ...(isSorted ? [{ AttributeName: 'sk', KeyType: 'RANGE' } as const] : []),
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          ...(isSorted ? [{ AttributeName: 'sk', AttributeType: 'N' } as const] : []),
          ...AttributeDefinitions,
        ],
        ...rest,
      }),
    );
    return TableName;
  }

  streamed(StreamViewType: StreamViewType): Promise<string> {
    return this.table({ StreamSpecification: { StreamEnabled: true, StreamViewType } });
  }

  put(TableName: string, Item: Record<string, AttributeValue>) {
    return this.tables.send(new PutItemCommand({ TableName, Item }));
  }

  /** The latest stream of a table, with its first shard. */
  async stream(TableName: string) {
    const { Streams = [] } = await this.streams.send(new ListStreamsCommand({ TableName }));
    const StreamArn = Streams.at(-1)?.StreamArn ?? '';
    const { StreamDescription } = await this.streams.send(new DescribeStreamCommand({ StreamArn }));
    return { StreamArn, ShardId: StreamDescription?.Shards?.[0]?.ShardId ?? '', description: StreamDescription };
  }

  async iterator(
    TableName: string,
    ShardIteratorType: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER',
    SequenceNumber?: string,
  ): Promise<string> {
    const { StreamArn, ShardId } = await this.stream(TableName);
    const { ShardIterator = '' } = await this.streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }),
    );
    return ShardIterator;
  }

  /** What is left from an iterator on, up to where nothing more comes. */
  async read(iterator: string): Promise<{ readonly records: StreamRecord[]; readonly next: string | undefined }> {
    const records: StreamRecord[] = [];
    let next: string | undefined = iterator;
    while (next !== undefined) {
      const page: GetRecordsCommandOutput = await this.streams.send(new GetRecordsCommand({ ShardIterator: next }));
      next = page.NextShardIterator;
      if (page.Records === undefined || page.Records.length === 0) break;
      records.push(...page.Records);
    }
    return { records, next };
  }

  [Symbol.dispose](): void {
    this.tables.destroy();
    this.streams.destroy();
  }
}

/** A table as the API describes it. */
import type { DynamodbOperations } from '../../../aws/generated/dynamodb-operations.ts';
import { dateOf } from '../../../kernel/timestamp.ts';
import type { Table } from './table.ts';
import type { SecondaryIndex, Throughput } from './table-schema.ts';

export type TableDescription = NonNullable<DynamodbOperations['DescribeTable']['output']['Table']>;
export type TableStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING';

/** A change has been made when the call that asks for it is answered; the answer still calls it under way, as AWS's does. */
export function describeTable(table: Table, status: TableStatus = 'ACTIVE'): TableDescription {
  const { identity, schema, settings, stream, items } = table;
  const { LocalSecondaryIndexes, GlobalSecondaryIndexes } = schema;
  const indexOf = (index: SecondaryIndex) => {
    const entries = table.index(index.IndexName);
    return {
      IndexName: index.IndexName,
      KeySchema: index.KeySchema,
      Projection: index.Projection,
      IndexArn: `${identity.arn}/index/${index.IndexName}`,
      IndexSizeBytes: table.sizeOf(entries),
      ItemCount: entries.size,
    };
  };
  return {
    AttributeDefinitions: [...schema.AttributeDefinitions],
    TableName: schema.TableName,
    KeySchema: schema.KeySchema,
    TableStatus: status,
    CreationDateTime: dateOf(identity.created),
    ProvisionedThroughput: throughputOf(settings.throughput),
    TableSizeBytes: table.sizeOf(items),
    ItemCount: items.size,
    TableArn: identity.arn,
    TableId: identity.id,
    LocalSecondaryIndexes: LocalSecondaryIndexes?.map(indexOf),
    GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map((index) => ({
      ...indexOf(index),
      IndexStatus: status === 'CREATING' ? 'CREATING' : 'ACTIVE',
      ProvisionedThroughput: throughputOf(index.ProvisionedThroughput ?? none),
    })),
    ...billingOf(table),
    ...(stream === undefined ? {} : { LatestStreamLabel: stream.identity.label, LatestStreamArn: stream.identity.arn }),
    ...(stream?.isEnabled === true
      ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.identity.viewType } }
      : {}),
    ...(settings.encryption === undefined
      ? {}
      : { SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: settings.encryption.keyArn } }),
    ...(settings.tableClass === undefined
      ? {}
      : { TableClassSummary: { TableClass: settings.tableClass as 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS' } }),
    ...(settings.onDemandThroughput === undefined ? {} : { OnDemandThroughput: settings.onDemandThroughput }),
    DeletionProtectionEnabled: settings.isDeletionProtected,
  };
}

function billingOf({ settings: { billingMode, payPerRequestSince } }: Table): Partial<TableDescription> {
  if (payPerRequestSince === undefined) return {};
  return {
    BillingModeSummary: {
      BillingMode: billingMode,
      LastUpdateToPayPerRequestDateTime: dateOf(payPerRequestSince),
    },
  };
}

const none: Throughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };

const throughputOf = ({ ReadCapacityUnits, WriteCapacityUnits }: Throughput) => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits,
  WriteCapacityUnits,
});

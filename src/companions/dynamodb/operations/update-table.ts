import type { DynamodbOperations } from '../../../aws/generated/dynamodb-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { validationException } from '../../../aws/service-error.ts';
import type { Room } from '../room.ts';
import { describeTable } from '../table/describe-table.ts';
import { type IndexUpdate, withIndexUpdates } from '../table/index-updates.ts';
import { checkStreamChange, checkStreamSpecification, switchStream } from '../table/stream-specification.ts';
import type { Table } from '../table/table.ts';
import { encryptionOf } from './encryption.ts';
import { refuseMembers } from './not-honoured.ts';

type Types = DynamodbOperations['UpdateTable'];

/** `UpdateTable`: everything is checked before anything is changed, and changed when this is answered. */
export const updateTable =
  (room: Room): Operation<Types['input'], Types['output']> =>
  (input, call) => {
    refuseMembers('UpdateTable', input, unserved);
    const tables = room.of(call);
    const { TableName, StreamSpecification: stream } = input;
    checkChange(input);
    const table = tables.require(TableName);
    if (stream !== undefined) {
      checkStreamSpecification(stream);
      checkStreamChange(table, stream);
    }
    checkThroughput(table, input);
    const schema = withIndexUpdates(
      table.schema,
      // The model's constraints have been checked, so that members which are required are there.
      (input.GlobalSecondaryIndexUpdates ?? []) as unknown as readonly IndexUpdate[],
      input.AttributeDefinitions ?? [],
    );
    table.changeSchema(schema);
    changeSettings(table, input, room);
    if (stream !== undefined) switchStream(table, stream, tables.streams);
    return { TableDescription: describeTable(table, 'UPDATING') };
  };

const unserved = [
  'ReplicaUpdates',
  'MultiRegionConsistency',
  'GlobalTableWitnessUpdates',
  'GlobalTableSettingsReplicationMode',
  'DisassociationProtectionEnabled',
  'VectorIndexUpdates',
];

/** Any of these is enough of a change. */
const changes = [
  'ProvisionedThroughput',
  'BillingMode',
  'StreamSpecification',
  'SSESpecification',
  'TableClass',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
  'WarmThroughput',
] as const;

function checkChange(input: Types['input']): void {
  const { GlobalSecondaryIndexUpdates: indexes = [], BillingMode, ProvisionedThroughput } = input;
  if (indexes.length === 0 && changes.every((name) => input[name] === undefined)) {
    throw validationException(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or ' +
        'SSESpecification or ReplicaUpdates is required',
    );
  }
  if (BillingMode === 'PROVISIONED' && ProvisionedThroughput === undefined) {
    throw validationException(
      'One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is PROVISIONED',
    );
  }
}

function checkThroughput({ settings }: Table, input: Types['input']): void {
  const { ProvisionedThroughput: asked, BillingMode: billingMode = settings.billingMode } = input;
  if (asked === undefined) return;
  if (billingMode === 'PAY_PER_REQUEST') {
    throw validationException(
      'One or more parameter values were invalid: ' +
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  const { ReadCapacityUnits: reads, WriteCapacityUnits: writes } = settings.throughput;
  if (asked.ReadCapacityUnits !== reads || asked.WriteCapacityUnits !== writes) return;
  throw validationException(
    'The provisioned throughput for the table will not change. The requested value equals the current value. ' +
      `Current ReadCapacityUnits provisioned for the table: ${reads}. Requested ReadCapacityUnits: ${reads}. ` +
      `Current WriteCapacityUnits provisioned for the table: ${writes}. Requested WriteCapacityUnits: ${writes}. ` +
      'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
  );
}

function changeSettings({ settings, identity }: Table, input: Types['input'], room: Room): void {
  const { BillingMode, ProvisionedThroughput, TableClass, SSESpecification, OnDemandThroughput } = input;
  if (BillingMode === 'PAY_PER_REQUEST' && settings.billingMode !== BillingMode) {
    settings.throughput = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
    settings.payPerRequestSince = room.clock.now();
  }
  settings.billingMode = BillingMode ?? settings.billingMode;
  if (ProvisionedThroughput !== undefined) {
    const { ReadCapacityUnits, WriteCapacityUnits } = ProvisionedThroughput;
    settings.throughput = { ReadCapacityUnits, WriteCapacityUnits };
  }
  settings.isDeletionProtected = input.DeletionProtectionEnabled ?? settings.isDeletionProtected;
  settings.tableClass = TableClass ?? settings.tableClass;
  if (SSESpecification !== undefined) settings.encryption = encryptionOf(SSESpecification, identity.scope);
  settings.onDemandThroughput = OnDemandThroughput ?? settings.onDemandThroughput;
}

import { formatArn } from '../../../aws/arn.ts';
import type { DynamodbOperations } from '../../../aws/generated/dynamodb-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { checkInput } from '../engine/run-action.ts';
import { WriteSet } from '../engine/write-set.ts';
import type { Room } from '../room.ts';
import { describeTable } from '../table/describe-table.ts';
import { checkStreamSpecification, switchStream } from '../table/stream-specification.ts';
import { Table } from '../table/table.ts';
import type { TableSchema, Throughput } from '../table/table-schema.ts';
import { encryptionOf } from './encryption.ts';
import { refuseMembers } from './not-honoured.ts';
import { addTags } from './tags.ts';

type Types = DynamodbOperations['CreateTable'];

/** `CreateTable`: the table can be used as soon as this is answered. */
export const createTable =
  (room: Room): Operation<Types['input'], Types['output']> =>
  (input, call) => {
    refuseMembers('CreateTable', input, unserved);
    const tables = room.of(call);
    const named = { ...input, TableName: tables.nameOf(input.TableName ?? '') };
    // The rules have checked what the types say.
    const checked = checkInput('CreateTable', named, new WriteSet(tables.find)) as unknown as TableSchema & {
      readonly BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST';
      readonly ProvisionedThroughput?: Throughput;
    };
    const { TableName: name, KeySchema, AttributeDefinitions, LocalSecondaryIndexes, GlobalSecondaryIndexes } = checked;
    const { StreamSpecification: stream, Tags = [] } = input;
    if (stream !== undefined) checkStreamSpecification(stream);
    if (tables.find(name) !== undefined) {
      throw new ServiceError('ResourceInUseException', `Table already exists: ${name}`, { type: null });
    }
    const created = room.clock.now();
    const { BillingMode: billingMode = 'PROVISIONED', ProvisionedThroughput } = checked;
    const table = new Table(
      {
        scope: call.scope,
        arn: formatArn({ ...call.scope, service: 'dynamodb', resource: `table/${name}` }),
        id: room.random.uuid(),
        created,
      },
      {
        TableName: name,
        KeySchema,
        AttributeDefinitions,
        ...(LocalSecondaryIndexes === undefined ? {} : { LocalSecondaryIndexes }),
        ...(GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes }),
      },
      {
        billingMode,
        payPerRequestSince: billingMode === 'PAY_PER_REQUEST' ? created : undefined,
        throughput: ProvisionedThroughput ?? { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
        isDeletionProtected: input.DeletionProtectionEnabled ?? false,
        tableClass: input.TableClass,
        encryption: encryptionOf(input.SSESpecification, call.scope),
        onDemandThroughput: input.OnDemandThroughput,
        pointInTimeRecovery: undefined,
      },
    );
    addTags(table, Tags);
    if (stream?.StreamEnabled === true) switchStream(table, { ...stream, StreamEnabled: true }, tables.streams);
    tables.add(table);
    return { TableDescription: describeTable(table, 'CREATING') };
  };

const unserved = ['ResourcePolicy', 'GlobalTableSourceArn', 'GlobalTableSettingsReplicationMode', 'VectorIndexes'];

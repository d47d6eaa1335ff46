/** Amazon DynamoDB and its streams: one room, since a stream's records are made by the writes of its table. */
import { dynamodb } from '../../aws/generated/dynamodb.ts';
import type { DynamodbOperations } from '../../aws/generated/dynamodb-operations.ts';
import { dynamodbStreams } from '../../aws/generated/dynamodb-streams.ts';
import type { DynamodbStreamsOperations } from '../../aws/generated/dynamodb-streams-operations.ts';
import type { OperationTable } from '../../aws/operation-table.ts';
import { jsonDecoders } from '../../aws/protocol/json/decode-json.ts';
import { compileValidator, type Validator } from '../../aws/validation/compile-validator.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { type CompanionOperation, OperationService } from '../operation-service.ts';
import { describeContinuousBackups, updateContinuousBackups } from './operations/continuous-backups.ts';
import { createTable } from './operations/create-table.ts';
import { itemOperationNames, itemOperations } from './operations/item-operation.ts';
import { describeEndpoints, describeLimits } from './operations/limits.ts';
import { deleteTable, describeTable, listTables } from './operations/table.ts';
import { listTagsOfResource, tagResource, untagResource } from './operations/tags.ts';
import { describeTimeToLive, updateTimeToLive } from './operations/time-to-live.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';
import { updateTable } from './operations/update-table.ts';
import { Room } from './room.ts';
import { describeStream } from './stream/operations/describe-stream.ts';
import { getRecords } from './stream/operations/get-records.ts';
import { getShardIterator } from './stream/operations/get-shard-iterator.ts';
import { listStreams } from './stream/operations/list-streams.ts';
import { compileDynamodbProtocol } from './wire/dynamodb-protocol.ts';

/** Source: API reference, "BatchWriteItem": 16 MB. */
const bodyLimit = 16 * 1024 * 1024;

const transactions = ['TransactGetItems', 'TransactWriteItems'];

/** Their items stay in the form of the wire. */
const withItems: ReadonlySet<string> = new Set([...itemOperationNames, ...transactions]);

/** What of the companions' surroundings is used here. */
export type DynamodbDeps = Pick<CompanionDeps, 'clock' | 'random' | 'logger' | 'publicOrigin'>;

export function openDynamodb(deps: DynamodbDeps) {
  const room = new Room(deps);
  const tables = new OperationService({
    ...deps,
    table: dynamodb,
    protocols: [compileDynamodbProtocol(dynamodb, withItems)],
    operations: tableOperations(room),
    bodyLimit,
    validatorOf,
    close: async () => room[Symbol.dispose](),
  });
  const streams = new OperationService({
    ...deps,
    table: dynamodbStreams,
    protocols: [compileDynamodbProtocol(dynamodbStreams, new Set())],
    operations: {
      DescribeStream: describeStream(room),
      GetRecords: getRecords(room),
      GetShardIterator: getShardIterator(room),
      ListStreams: listStreams(room),
    } satisfies OperationTable<DynamodbStreamsOperations>,
    bodyLimit,
  });
  return { tables, streams };
}

function tableOperations(room: Room) {
  const onTables = {
    CreateTable: createTable(room),
    DeleteTable: deleteTable(room),
    DescribeContinuousBackups: describeContinuousBackups(room),
    DescribeEndpoints: describeEndpoints,
    DescribeLimits: describeLimits,
    DescribeTable: describeTable(room),
    DescribeTimeToLive: describeTimeToLive(room),
    ListTables: listTables(room),
    ListTagsOfResource: listTagsOfResource(room),
    TagResource: tagResource(room),
    UntagResource: untagResource(room),
    UpdateContinuousBackups: updateContinuousBackups(room),
    UpdateTable: updateTable(room),
    UpdateTimeToLive: updateTimeToLive(room),
  };
  const onItems = {
    ...itemOperations(room),
    TransactGetItems: transactGetItems(room),
    TransactWriteItems: transactWriteItems(room),
  };
  return { ...onTables, ...onItems } satisfies Record<keyof DynamodbOperations, CompanionOperation>;
}

/** The library has rules of its own for items and new tables, in AWS's words; the model's hold for the rest. */
function validatorOf(operation: string): Validator {
  const structure = dynamodb.operations[operation]?.input ?? '';
  if (transactions.includes(operation)) {
    const decode = jsonDecoders(dynamodb)(structure);
    const validate = compileValidator(dynamodb, structure);
    return (input) => validate(decode(input));
  }
  const hasRules = withItems.has(operation) || operation === 'CreateTable';
  return hasRules ? () => undefined : compileValidator(dynamodb, structure);
}

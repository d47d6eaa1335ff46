import type { DynamodbStreamsOperations } from '../../../../aws/generated/dynamodb-streams-operations.ts';
import type { Operation } from '../../../../aws/operation-table.ts';
import type { Room } from '../../room.ts';
import { pageLimit } from '../page-limit.ts';

type Types = DynamodbStreamsOperations['ListStreams'];

/** `ListStreams`: those that are disabled too, while they can be read. */
export const listStreams =
  (room: Room): Operation<Types['input'], Types['output']> =>
  ({ TableName, Limit, ExclusiveStartStreamArn: after = '' }, call) => {
    const limit = pageLimit(Limit, 100);
    const listed = room
      .of(call)
      .streams.all()
      .filter(({ identity }) => identity.arn > after && (TableName ?? identity.tableName) === identity.tableName);
    const page = listed.slice(0, limit);
    const last = page.at(-1);
    return {
      Streams: page.map(({ identity: { arn, tableName, label } }) => ({
        StreamArn: arn,
        TableName: tableName,
        StreamLabel: label,
      })),
      ...(listed.length > page.length && last !== undefined ? { LastEvaluatedStreamArn: last.identity.arn } : {}),
    };
  };

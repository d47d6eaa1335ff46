import type { DynamodbStreamsOperations } from '../../../../aws/generated/dynamodb-streams-operations.ts';
import type { Operation } from '../../../../aws/operation-table.ts';
import { dateOf } from '../../../../kernel/timestamp.ts';
import type { Room } from '../../room.ts';
import { pageLimit } from '../page-limit.ts';
import { requireStream } from '../stream-faults.ts';

type Types = DynamodbStreamsOperations['DescribeStream'];

/** `DescribeStream`: a stream has one shard, from its beginning to its end. */
export const describeStream =
  (room: Room): Operation<Types['input'], Types['output']> =>
  ({ StreamArn, Limit, ExclusiveStartShardId: after = '', ShardFilter }, call) => {
    pageLimit(Limit, 100);
    const stream = requireStream(room.of(call).streams, StreamArn);
    const { identity, shardId, isEnabled } = stream;
    // No shard has children.
    const shards = shardId > after && ShardFilter === undefined ? [stream] : [];
    return {
      StreamDescription: {
        StreamArn: identity.arn,
        StreamLabel: identity.label,
        StreamStatus: isEnabled ? 'ENABLED' : 'DISABLED',
        StreamViewType: identity.viewType,
        CreationRequestDateTime: dateOf(identity.created),
        TableName: identity.tableName,
        KeySchema: [...identity.keySchema],
        Shards: shards.map((shard) => ({ ShardId: shard.shardId, SequenceNumberRange: shard.range() })),
      },
    };
  };

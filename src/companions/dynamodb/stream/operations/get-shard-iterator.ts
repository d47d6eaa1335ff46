import type { DynamodbStreamsOperations } from '../../../../aws/generated/dynamodb-streams-operations.ts';
import type { Operation } from '../../../../aws/operation-table.ts';
import { validationException } from '../../../../aws/service-error.ts';
import type { Room } from '../../room.ts';
import { parseSequenceNumber, position } from '../sequence-numbers.ts';
import { encodeIterator, type ReadFrom } from '../shard-iterator.ts';
import { requireShard, requireStream, trimmedDataAccess } from '../stream-faults.ts';
import type { TableStream } from '../table-stream.ts';

type Types = DynamodbStreamsOperations['GetShardIterator'];

/** `GetShardIterator` @throws ServiceError TrimmedDataAccessException for a sequence number that is gone */
export const getShardIterator =
  (room: Room): Operation<Types['input'], Types['output']> =>
  ({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }, call) => {
    const stream = requireStream(room.of(call).streams, StreamArn);
    requireShard(stream, ShardId);
    const from = startOf(stream, ShardIteratorType, SequenceNumber, room);
    return { ShardIterator: encodeIterator({ streamArn: StreamArn, shardId: ShardId, from }, room.clock) };
  };

function startOf(
  stream: TableStream,
  type: Types['input']['ShardIteratorType'],
  sequenceNumber: string | undefined,
  room: Room,
): ReadFrom {
  switch (type) {
    case 'TRIM_HORIZON':
      return { kind: 'oldest' };
    case 'LATEST':
      return { kind: 'position', position: position(room.sequence.last + 1) };
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      if (sequenceNumber === undefined) {
        throw validationException(`The SequenceNumber parameter is required when ShardIteratorType is ${type}`);
      }
      const at = parseSequenceNumber(sequenceNumber);
      if (at === undefined) throw validationException(`Invalid SequenceNumber: ${sequenceNumber}`);
      if (at <= stream.trimmed) throw trimmedDataAccess();
      return { kind: 'position', position: type === 'AT_SEQUENCE_NUMBER' ? at : position(at + 1) };
    }
    default:
      throw validationException(`lambdad has no shard iterators of type ${String(type)}`);
  }
}

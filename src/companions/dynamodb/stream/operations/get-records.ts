import type { DynamodbStreamsOperations } from '../../../../aws/generated/dynamodb-streams-operations.ts';
import type { Operation } from '../../../../aws/operation-table.ts';
import type { Region } from '../../../../aws/scope.ts';
import { milliseconds } from '../../../../kernel/quantity.ts';
import { dateOf } from '../../../../kernel/timestamp.ts';
import { typedItem } from '../../item/typed-item.ts';
import type { Room } from '../../room.ts';
import { pageLimit } from '../page-limit.ts';
import { position, sequenceNumber } from '../sequence-numbers.ts';
import { decodeIterator, encodeIterator, type ReadFrom } from '../shard-iterator.ts';
import { requireShard, requireStream, trimmedDataAccess } from '../stream-faults.ts';
import type { StreamRecord, TableStream } from '../table-stream.ts';

type Types = DynamodbStreamsOperations['GetRecords'];
type WireRecord = NonNullable<Types['output']['Records']>[number];

/** Of one answer. Source: API reference, "GetRecords". */
const mostBytes = 1024 * 1024;

/**
 * `GetRecords`: a shard that is closed has no next iterator when its last record is read.
 * @throws ServiceError ExpiredIteratorException, TrimmedDataAccessException
 */
export const getRecords =
  (room: Room): Operation<Types['input'], Types['output']> =>
  ({ ShardIterator, Limit }, call) => {
    const limit = pageLimit(Limit, 1000);
    const { streamArn, shardId, from } = decodeIterator(ShardIterator, room.clock);
    const stream = requireStream(room.of(call).streams, streamArn);
    requireShard(stream, shardId);
    const { trimmed } = stream;
    if (from.kind === 'position' && from.position <= trimmed) throw trimmedDataAccess();
    const records = upTo(mostBytes, stream.read(from.kind === 'oldest' ? position(0) : from.position, limit));
    const last = records.at(-1);
    const next: ReadFrom = last === undefined ? from : { kind: 'position', position: position(last.position + 1) };
    return {
      Records: records.map((record) => wireRecord(record, stream, call.scope.region)),
      ...(isOver(stream, next)
        ? {}
        : { NextShardIterator: encodeIterator({ streamArn, shardId, from: next }, room.clock) }),
    };
  };

/** Whether nothing more can come. */
const isOver = (stream: TableStream, next: ReadFrom): boolean =>
  !stream.isEnabled && stream.read(next.kind === 'oldest' ? position(0) : next.position, 1).length === 0;

/** At least one, however large. */
function upTo(bytes: number, records: readonly StreamRecord[]): readonly StreamRecord[] {
  let sum = 0;
  const tooMany = records.findIndex(({ size }, at) => {
    sum += size;
    return at > 0 && sum > bytes;
  });
  return tooMany < 0 ? records : records.slice(0, tooMany);
}

function wireRecord(record: StreamRecord, { identity }: TableStream, awsRegion: Region): WireRecord {
  const { keys, newImage, oldImage } = record;
  return {
    eventID: record.eventId,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion,
    dynamodb: {
      // To the second, as AWS keeps it.
      ApproximateCreationDateTime: dateOf(milliseconds(Math.floor(record.time / 1000) * 1000)),
      Keys: typedItem(keys),
      ...(newImage === undefined ? {} : { NewImage: typedItem(newImage) }),
      ...(oldImage === undefined ? {} : { OldImage: typedItem(oldImage) }),
      SequenceNumber: sequenceNumber(record.position),
      SizeBytes: record.size,
      StreamViewType: identity.viewType,
    },
    // So that deletions by the service can be told from those by clients.
    ...(record.author === 'time-to-live'
      ? { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } }
      : {}),
  };
}

import { unreachable } from '../../../kernel/invariant.ts';
import { invalidArgument, notFound } from '../kinesis-faults.ts';
import type { Shard } from '../shard/shard.ts';
import { encodeIterator } from '../shard/shard-iterator.ts';
import type { DataStream } from '../stream/data-stream.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { type KinesisOperation, stopDryRun } from './kinesis-operation.ts';

/** Where reading shall begin, as GetShardIterator and SubscribeToShard take it. */
export interface GivenPosition {
  readonly type: 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER' | 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  readonly sequenceNumber: string | undefined;
  readonly timestamp: Date | undefined;
}

/** `GetShardIterator`: what it says is settled now, not at the first read. */
export const getShardIterator =
  (store: StreamStore): KinesisOperation<'GetShardIterator'> =>
  (input, { scope }) => {
    const { ShardId, ShardIteratorType, StartingSequenceNumber, Timestamp } = input;
    const stream = store.requireReadable(scope, input);
    const shard = requireShard(stream, ShardId);
    const position = startOf(
      stream,
      shard,
      { type: ShardIteratorType, sequenceNumber: StartingSequenceNumber, timestamp: Timestamp },
      'GetShardIterator',
    );
    stopDryRun(input);
    return { ShardIterator: iteratorAt(stream, shard, position) };
  };

export const iteratorAt = ({ origin, created, now }: DataStream, { id }: Shard, position: bigint): string =>
  encodeIterator({ streamName: origin.name, streamCreated: created, shardId: id, position, issued: now });

/** @throws ServiceError */
export function requireShard(stream: DataStream, id: string): Shard {
  const shard = stream.shard(id);
  if (shard !== undefined) return shard;
  const { name, scope } = stream.origin;
  throw notFound(`Shard ${id} in stream ${name} under account ${scope.account} does not exist`);
}

/** The position at which reading begins, inclusive. @throws ServiceError */
export function startOf(stream: DataStream, shard: Shard, given: GivenPosition, operation: string): bigint {
  const { type, sequenceNumber, timestamp } = given;
  switch (type) {
    case 'TRIM_HORIZON':
    case 'LATEST':
      if (sequenceNumber !== undefined) throw mismatch(type, 'StartingSequenceNumber');
      return type === 'LATEST' ? shard.tip : shard.trimHorizon;
    case 'AT_SEQUENCE_NUMBER':
    case 'AFTER_SEQUENCE_NUMBER': {
      if (sequenceNumber === undefined) throw mismatch(type, 'no StartingSequenceNumber');
      const number = ownNumber(stream, shard, sequenceNumber, operation);
      return type === 'AT_SEQUENCE_NUMBER' ? number : number + 1n;
    }
    case 'AT_TIMESTAMP':
      return shard.positionAt(timeOf(stream, timestamp));
    default:
      return unreachable(type);
  }
}

const mismatch = (type: string, what: string) =>
  invalidArgument(
    'Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or ' +
      `(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified ${type} and ${what}.`,
  );

function timeOf({ now }: DataStream, timestamp: Date | undefined): number {
  if (timestamp === undefined) {
    throw invalidArgument(
      'Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.',
    );
  }
  const time = timestamp.getTime();
  if (time <= now) return time;
  throw invalidArgument(
    'The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. ' +
      `timestampInMillis: ${time}, currentTimestampInMillis: ${now}`,
  );
}

function ownNumber({ origin }: DataStream, shard: Shard, text: string, operation: string): bigint {
  const owned = shard.own(text);
  switch (owned.kind) {
    case 'own':
      return owned.number;
    case 'other-shard':
      throw invalidArgument(
        `Invalid StartingSequenceNumber. It encodes ${owned.shardId}, while it was used in a call to a shard with ${shard.id}`,
      );
    case 'foreign':
      throw invalidArgument(
        `StartingSequenceNumber ${text} used in ${operation} on shard ${shard.id} in stream ${origin.name} ` +
          `under account ${origin.scope.account} is invalid because it did not come from this stream.`,
      );
    default:
      return unreachable(owned);
  }
}

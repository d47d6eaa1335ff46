import { ServiceError } from '../../../aws/service-error.ts';
import { invalidArgument, streamNotFound } from '../kinesis-faults.ts';
import type { StreamRecord } from '../shard/record-log.ts';
import { decodeIterator, iteratorLifetime, javaDate, type ShardIterator } from '../shard/shard-iterator.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { childShards } from './describe-stream.ts';
import { iteratorAt, requireShard } from './get-shard-iterator.ts';
import { date, type KinesisOperation, stopDryRun } from './kinesis-operation.ts';

/** Source: Kinesis API reference, GetRecords: of data in one answer. */
const mostBytes = 10 * 1024 * 1024;
const mostRecords = 10_000;

/** `GetRecords`: the next ones of a shard; at the end of a closed shard its children and no further iterator. */
export const getRecords =
  (store: StreamStore): KinesisOperation<'GetRecords'> =>
  (input, { scope }) => {
    const { Limit = mostRecords, StreamARN } = input;
    const iterator = decodeIterator(input.ShardIterator);
    if (iterator === undefined) throw invalidArgument('Invalid ShardIterator.');
    requireFresh(iterator, store.clock.now());
    const stream = store.requireReadable(scope, { StreamName: iterator.streamName, StreamARN });
    if (stream.created !== iterator.streamCreated) throw streamNotFound(iterator.streamName, scope);
    const shard = requireShard(stream, iterator.shardId);
    stopDryRun(input);
    shard.trim(stream.trimHorizon);
    const read = shard.read(iterator.position, Limit, mostBytes, stream.now);
    return {
      Records: read.records.map(recordOutput),
      MillisBehindLatest: read.millisBehindLatest,
      ...(read.isEnd
        ? { ChildShards: childShards(shard) }
        : { NextShardIterator: iteratorAt(stream, shard, read.next) }),
    };
  };

export const recordOutput = ({ sequence, arrival, data, partitionKey, isEncrypted }: StreamRecord) => ({
  SequenceNumber: String(sequence),
  ApproximateArrivalTimestamp: date(arrival),
  Data: data,
  PartitionKey: partitionKey,
  EncryptionType: isEncrypted ? ('KMS' as const) : undefined,
});

/** @throws ServiceError */
function requireFresh({ issued }: ShardIterator, now: number): void {
  if (now - issued <= iteratorLifetime) return;
  throw new ServiceError(
    'ExpiredIteratorException',
    `Iterator expired. The iterator was created at time ${javaDate(issued)} while right now it is ${javaDate(now)} ` +
      `which is further in the future than the tolerated delay of ${iteratorLifetime} milliseconds.`,
  );
}

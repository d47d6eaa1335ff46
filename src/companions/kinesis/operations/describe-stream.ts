/** `DescribeStream` and `DescribeStreamSummary`, which show the same stream with its shards or without. */
import { invalidArgument } from '../kinesis-faults.ts';
import type { Shard } from '../shard/shard.ts';
import type { DataStream } from '../stream/data-stream.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { date, type KinesisOperation } from './kinesis-operation.ts';
import { statusOf } from './streams.ts';

/** Source: Kinesis API reference, DescribeStream, Limit: at most a hundred shards at a time, whatever is asked for. */
const mostShards = 100;

export const describeStream =
  (store: StreamStore): KinesisOperation<'DescribeStream'> =>
  ({ Limit = mostShards, ExclusiveStartShardId, ...reference }, { scope }) => {
    const stream = store.require(scope, reference);
    const rest = shardsAfter(stream.shards, ExclusiveStartShardId);
    const page = rest.slice(0, Math.min(Limit, mostShards));
    return {
      StreamDescription: {
        ...descriptionOf(stream),
        Shards: page.map(shardOutput),
        HasMoreShards: page.length < rest.length,
      },
    };
  };

export const describeStreamSummary =
  (store: StreamStore): KinesisOperation<'DescribeStreamSummary'> =>
  (reference, { scope }) => {
    const stream = store.require(scope, reference);
    const { mode, warmThroughput, maxRecordKiB, distribution } = stream.settings;
    return {
      StreamDescriptionSummary: {
        ...descriptionOf(stream),
        OpenShardCount: stream.openShards.length,
        ConsumerCount: store.consumers(stream).length,
        MaxRecordSizeInKiB: maxRecordKiB,
        ChannelCount: 0,
        RecordDistributionStrategy: mode === 'ON_DEMAND' ? distribution : undefined,
        WarmThroughput:
          warmThroughput === undefined ? undefined : { TargetMiBps: warmThroughput, CurrentMiBps: warmThroughput },
      },
    };
  };

/** @throws ServiceError for what is not the id of a shard */
export function shardsAfter(shards: readonly Shard[], id: string | undefined): readonly Shard[] {
  if (id === undefined) return shards;
  if (!/^shardId-\d{12}$/.test(id)) throw invalidArgument(`ExclusiveStartShardId ${id} is not a valid shard id.`);
  return shards.filter((shard) => shard.id > id);
}

export const shardOutput = (shard: Shard) => ({
  ShardId: shard.id,
  ParentShardId: shard.origin.parentId,
  AdjacentParentShardId: shard.origin.adjacentParentId,
  HashKeyRange: hashKeyRange(shard),
  SequenceNumberRange: {
    StartingSequenceNumber: String(shard.start),
    EndingSequenceNumber: shard.end === undefined ? undefined : String(shard.end),
  },
});

export const hashKeyRange = ({ origin }: Shard) => ({
  StartingHashKey: String(origin.range.start),
  EndingHashKey: String(origin.range.end),
});

/** Absent where the shard has not ended: an open one has no children. */
export const childShards = (shard: Shard) =>
  shard.children.map((child) => ({
    ShardId: child.id,
    ParentShards: [child.origin.parentId, child.origin.adjacentParentId].filter((id) => id !== undefined),
    HashKeyRange: hashKeyRange(child),
  }));

const descriptionOf = ({ origin, life, settings, created }: DataStream) => ({
  StreamName: origin.name,
  StreamARN: origin.arn,
  StreamStatus: statusOf(life.state),
  StreamModeDetails: { StreamMode: settings.mode },
  RetentionPeriodHours: settings.retentionHours,
  StreamCreationTimestamp: date(created),
  EnhancedMonitoring: [{ ShardLevelMetrics: settings.shardMetrics }],
  EncryptionType: settings.keyId === undefined ? ('NONE' as const) : ('KMS' as const),
  KeyId: settings.keyId,
});

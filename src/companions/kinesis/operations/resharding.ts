/** `SplitShard`, `MergeShards` and `UpdateShardCount`: what changes the shards of a stream. */
import { invalidArgument, limitExceeded, notFound, onDemandRefused } from '../kinesis-faults.ts';
import type { Shard } from '../shard/shard.ts';
import type { DataStream } from '../stream/data-stream.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import type { KinesisOperation } from './kinesis-operation.ts';
import { requireShards } from './streams.ts';

export const splitShard =
  (store: StreamStore): KinesisOperation<'SplitShard'> =>
  async ({ ShardToSplit, NewStartingHashKey, ...reference }, { scope, signal }) => {
    const stream = store.requireActive(scope, reference);
    if (stream.settings.mode === 'ON_DEMAND') throw onDemandRefused('SplitShard');
    const shard = requireOpen(stream, ShardToSplit);
    const startOfUpper = BigInt(NewStartingHashKey);
    const { start, end } = shard.origin.range;
    // Both children have at least one key; AWS wants one more of each.
    if (startOfUpper <= start + 1n || startOfUpper >= end) {
      throw invalidArgument(
        `NewStartingHashKey ${NewStartingHashKey} used in SplitShard() on shard ${shard.id} in stream ` +
          `${stream.origin.name} under account ${stream.origin.scope.account} is not both greater than one plus the ` +
          `shard's StartingHashKey ${start} and less than the shard's EndingHashKey ${end}.`,
      );
    }
    requireShards(store, scope, 1);
    stream.life.begin('UPDATING');
    stream.split(shard, startOfUpper);
    await stream.life.settled(signal);
    return {};
  };

export const mergeShards =
  (store: StreamStore): KinesisOperation<'MergeShards'> =>
  async ({ ShardToMerge, AdjacentShardToMerge, ...reference }, { scope, signal }) => {
    const stream = store.requireActive(scope, reference);
    if (stream.settings.mode === 'ON_DEMAND') throw onDemandRefused('MergeShards');
    const shard = requireOpen(stream, ShardToMerge);
    const adjacent = requireOpen(stream, AdjacentShardToMerge);
    if (!areAdjacent(shard, adjacent)) {
      throw invalidArgument(
        `Shards ${shard.id} and ${adjacent.id} in stream ${stream.origin.name} under account ` +
          `${stream.origin.scope.account} are not an adjacent pair of shards eligible for merging`,
      );
    }
    stream.life.begin('UPDATING');
    stream.merge(shard, adjacent);
    await stream.life.settled(signal);
    return {};
  };

const areAdjacent = ({ origin: { range: one } }: Shard, { origin: { range: other } }: Shard): boolean =>
  one.end + 1n === other.start || other.end + 1n === one.start;

/** @throws ServiceError for one that is not there or closed already */
function requireOpen(stream: DataStream, id: string): Shard {
  const { name, scope } = stream.origin;
  const shard = stream.shard(id);
  if (shard === undefined) {
    throw notFound(`Could not find shard ${id} in stream ${name} under account ${scope.account}.`);
  }
  if (!shard.isOpen) {
    throw invalidArgument(
      `Shard ${id} in stream ${name} under account ${scope.account} has already been merged or split, ` +
        'and thus is not eligible for merging or splitting.',
    );
  }
  return shard;
}

/** By default AWS neither more than doubles nor more than halves. */
export const updateShardCount =
  (store: StreamStore): KinesisOperation<'UpdateShardCount'> =>
  async ({ TargetShardCount, ...reference }, { scope, signal }) => {
    const stream = store.requireActive(scope, reference);
    if (stream.settings.mode === 'ON_DEMAND') throw onDemandRefused('UpdateShardCount');
    const present = stream.openShards.length;
    const counts = `Current open shard count: ${present} Target shard count: ${TargetShardCount}`;
    if (TargetShardCount > present * 2) {
      throw limitExceeded(`UpdateShardCount cannot scale up over double your current open shard count. ${counts}`);
    }
    if (TargetShardCount < present / 2) {
      throw limitExceeded(`UpdateShardCount cannot scale down below half your current open shard count. ${counts}`);
    }
    if (TargetShardCount > present) requireShards(store, scope, TargetShardCount - present);
    if (TargetShardCount !== present) {
      stream.life.begin('UPDATING');
      stream.scale(TargetShardCount);
      await stream.life.settled(signal);
    }
    const { name, arn } = stream.origin;
    return { StreamName: name, StreamARN: arn, CurrentShardCount: present, TargetShardCount };
  };

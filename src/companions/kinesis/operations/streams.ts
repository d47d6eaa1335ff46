/** The operations by which streams come, go and are listed: each is a few lines over the store. */
import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import type { Scope } from '../../../aws/scope.ts';
import { inUse, invalidArgument, limitExceeded } from '../kinesis-faults.ts';
import { onDemandStreamLimit, openShardCount, shardLimitOf } from '../stream/account-limits.ts';
import type { StreamMode } from '../stream/data-stream.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { setTags } from '../stream/tag-set.ts';
import { date, type KinesisOperation } from './kinesis-operation.ts';

/** Source: Kinesis API reference, CreateStream. */
const onDemandShards = 4;

/** Answers when the stream is there, so that the SDK's waiters find it at their first look. */
export const createStream =
  (store: StreamStore): KinesisOperation<'CreateStream'> =>
  async (input, { scope, signal }) => {
    const { StreamName, ShardCount, Tags = {}, MaxRecordSizeInKiB = 1024, WarmThroughputMiBps } = input;
    const mode: StreamMode = input.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
    const distribution = input.RecordDistributionStrategy ?? 'USER_PARTITION_KEY';
    if (mode === 'PROVISIONED' && ShardCount === undefined) {
      throw invalidArgument('ShardCount must be specified for streams with the provisioned capacity mode.');
    }
    if (mode === 'ON_DEMAND' && ShardCount !== undefined) {
      throw invalidArgument('ShardCount cannot be specified for streams with the on-demand capacity mode.');
    }
    if (mode === 'PROVISIONED' && (distribution === 'AUTO' || WarmThroughputMiBps !== undefined)) {
      const what = distribution === 'AUTO' ? 'RecordDistributionStrategy AUTO' : 'WarmThroughputMiBps';
      throw invalidArgument(`${what} is only supported for streams with the on-demand capacity mode.`);
    }
    if (store.find(scope, StreamName) !== undefined) {
      throw inUse(`Stream ${StreamName} under account ${scope.account} already exists.`);
    }
    if (mode === 'PROVISIONED') requireShards(store, scope, ShardCount ?? 1);
    else requireOnDemandStream(store, scope);
    const stream = store.create(scope, StreamName, ShardCount ?? onDemandShards, {
      mode,
      retentionHours: 24,
      maxRecordKiB: MaxRecordSizeInKiB,
      keyId: undefined,
      shardMetrics: [],
      warmThroughput: WarmThroughputMiBps,
      distribution,
    });
    setTags(stream.tags, Tags);
    await stream.life.settled(signal);
    return {};
  };

/** @throws ServiceError when there would be more than the account may have */
export function requireShards(store: StreamStore, scope: Scope, more: number): void {
  const present = openShardCount(store.all(scope));
  const limit = shardLimitOf(scope);
  if (present + more <= limit) return;
  throw limitExceeded(
    `This request would exceed the shard limit for the account ${scope.account} in ${scope.region}. ` +
      `Current shard count for the account: ${present}. Limit: ${limit}. ` +
      `Number of additional shards that would have resulted from this request: ${more}. ` +
      'Refer to the AWS Service Limits page (https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) ' +
      'for current limits and how to request higher limits.',
  );
}

/** @throws ServiceError when the account has as many of them as it may have */
export function requireOnDemandStream(store: StreamStore, scope: Scope): void {
  const present = store.all(scope).filter(({ settings }) => settings.mode === 'ON_DEMAND').length;
  if (present < onDemandStreamLimit) return;
  throw limitExceeded(`An account can have up to ${onDemandStreamLimit} streams with the on-demand capacity mode.`);
}

export const deleteStream =
  (store: StreamStore): KinesisOperation<'DeleteStream'> =>
  async ({ EnforceConsumerDeletion = false, ...reference }, { scope, signal }) => {
    const stream = store.require(scope, reference);
    const { name } = stream.origin;
    if (stream.life.state === 'DELETING') {
      throw inUse(`Stream ${name} under account ${scope.account} not ACTIVE, instead in state DELETING`);
    }
    if (!EnforceConsumerDeletion && store.consumers(stream).length > 0) {
      throw inUse(
        `DeleteStream can't delete ${scope.account}:${name} because there are consumers associated with this data ` +
          `stream. To delete ${name} anyway, set the EnforceConsumerDeletion parameter to true to force the deletion ` +
          'of all the consumers that are associated with it.',
      );
    }
    store.remove(stream);
    await stream.life.settled(signal);
    return {};
  };

export const listStreams =
  (store: StreamStore): KinesisOperation<'ListStreams'> =>
  ({ Limit = 100, ExclusiveStartStreamName, NextToken }, { scope }) => {
    const after = NextToken === undefined ? ExclusiveStartStreamName : decodeMarker(NextToken);
    if (NextToken !== undefined && after === undefined) throw invalidArgument('NextToken is invalid.');
    const rest = store.all(scope).filter(({ origin }) => after === undefined || origin.name > after);
    const page = rest.slice(0, Limit);
    const last = page.at(-1)?.origin.name;
    const hasMore = page.length < rest.length;
    return {
      StreamNames: page.map(({ origin }) => origin.name),
      HasMoreStreams: hasMore,
      NextToken: hasMore && last !== undefined ? encodeMarker(last) : undefined,
      StreamSummaries: page.map((stream) => ({
        StreamName: stream.origin.name,
        StreamARN: stream.origin.arn,
        StreamStatus: statusOf(stream.life.state),
        StreamModeDetails: { StreamMode: stream.settings.mode },
        StreamCreationTimestamp: date(stream.created),
      })),
    };
  };

/** What is gone is not listed. */
export const statusOf = (state: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING' | 'GONE') =>
  state === 'GONE' ? 'DELETING' : state;

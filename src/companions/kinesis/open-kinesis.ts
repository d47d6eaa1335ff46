/** Amazon Kinesis Data Streams: streams of shards, their records and consumers, in memory. No throughput limit is enforced. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { kinesis } from '../../aws/generated/kinesis.ts';
import type { KinesisOperations } from '../../aws/generated/kinesis-operations.ts';
import { notYet, type OperationTable } from '../../aws/operation-table.ts';
import { compileAwsCbor } from '../../aws/protocol/aws-cbor/aws-cbor.ts';
import { compileAwsJson } from '../../aws/protocol/aws-json/aws-json.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import * as account from './operations/account.ts';
import * as consumers from './operations/consumers.ts';
import { describeStream, describeStreamSummary } from './operations/describe-stream.ts';
import { getRecords } from './operations/get-records.ts';
import { getShardIterator } from './operations/get-shard-iterator.ts';
import { listShards } from './operations/list-shards.ts';
import { putRecord, putRecords } from './operations/put-records.ts';
import { mergeShards, splitShard, updateShardCount } from './operations/resharding.ts';
import * as policies from './operations/resource-policy.ts';
import { decreaseRetention, increaseRetention } from './operations/retention.ts';
import * as settings from './operations/stream-settings.ts';
import { createStream, deleteStream, listStreams } from './operations/streams.ts';
import { subscribeToShard } from './operations/subscribe-to-shard.ts';
import * as tags from './operations/tags.ts';
import { StreamStore } from './stream/stream-store.ts';

/** Ten mebibytes of records in base64, with a key and a hash key each. */
const bodyLimit = 16 * 1024 * 1024;

export function openKinesis({ clock, random, ...deps }: CompanionDeps): EmbeddedService {
  const store = new StreamStore(clock);
  const operations = {
    ...streamOperations(store),
    DeregisterStreamConsumer: consumers.deregisterStreamConsumer(store),
    DescribeAccountSettings: account.describeAccountSettings(store),
    DescribeLimits: account.describeLimits(store),
    DescribeStreamConsumer: consumers.describeStreamConsumer(store),
    GetRecords: getRecords(store),
    GetShardIterator: getShardIterator(store),
    ListStreamConsumers: consumers.listStreamConsumers(store),
    PutRecord: putRecord(store, random),
    PutRecords: putRecords(store, random),
    RegisterStreamConsumer: consumers.registerStreamConsumer(store),
    SubscribeToShard: subscribeToShard(store),
    UpdateAccountSettings: account.updateAccountSettings(store),
    // Channels deliver to buckets and tables by themselves; nothing here does.
    CreateChannel: notYet,
    DeleteChannel: notYet,
    DescribeChannel: notYet,
    ListChannels: notYet,
    UpdateChannel: notYet,
  } satisfies OperationTable<KinesisOperations, CompanionCall>;
  return new OperationService({
    ...deps,
    random,
    table: kinesis,
    protocols: [compileAwsCbor(kinesis), compileAwsJson(kinesis, '1.1')],
    operations,
    bodyLimit,
    close: async () => store[Symbol.dispose](),
  });
}

/** What is asked of a stream itself. */
const streamOperations = (store: StreamStore) => ({
  AddTagsToStream: tags.addTagsToStream(store),
  CreateStream: createStream(store),
  DecreaseStreamRetentionPeriod: decreaseRetention(store),
  DeleteResourcePolicy: policies.deleteResourcePolicy(store),
  DeleteStream: deleteStream(store),
  DescribeStream: describeStream(store),
  DescribeStreamSummary: describeStreamSummary(store),
  DisableEnhancedMonitoring: settings.disableEnhancedMonitoring(store),
  EnableEnhancedMonitoring: settings.enableEnhancedMonitoring(store),
  GetResourcePolicy: policies.getResourcePolicy(store),
  IncreaseStreamRetentionPeriod: increaseRetention(store),
  ListShards: listShards(store),
  ListStreams: listStreams(store),
  ListTagsForResource: tags.listTagsForResource(store),
  ListTagsForStream: tags.listTagsForStream(store),
  MergeShards: mergeShards(store),
  PutResourcePolicy: policies.putResourcePolicy(store),
  RemoveTagsFromStream: tags.removeTagsFromStream(store),
  SplitShard: splitShard(store),
  StartStreamEncryption: settings.startStreamEncryption(store),
  StopStreamEncryption: settings.stopStreamEncryption(store),
  TagResource: tags.tagResource(store),
  UntagResource: tags.untagResource(store),
  UpdateMaxRecordSize: settings.updateMaxRecordSize(store),
  UpdateShardCount: updateShardCount(store),
  UpdateStreamMode: settings.updateStreamMode(store),
  UpdateStreamRecordDistributionStrategy: settings.updateRecordDistribution(store),
  UpdateStreamWarmThroughput: settings.updateStreamWarmThroughput(store),
});

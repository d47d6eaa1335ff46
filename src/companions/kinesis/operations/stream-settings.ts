/** The operations that each set one of a stream's settings: encryption, metrics, capacity, size of records. */
import type { Scope } from '../../../aws/scope.ts';
import { invalidArgument } from '../kinesis-faults.ts';
import { type DataStream, type ShardMetric, type StreamSettings, shardMetrics } from '../stream/data-stream.ts';
import type { StreamReference, StreamStore } from '../stream/stream-store.ts';
import type { KinesisOperation } from './kinesis-operation.ts';
import { requireOnDemandStream } from './streams.ts';

/** Nothing is encrypted here: the key is shown, and records say that they are. */
export const startStreamEncryption =
  (store: StreamStore): KinesisOperation<'StartStreamEncryption'> =>
  async ({ EncryptionType, KeyId, ...reference }, { scope, signal }) => {
    if (EncryptionType !== 'KMS') throw invalidArgument('EncryptionType must be KMS.');
    return update(store, scope, reference, signal, (settings) => {
      settings.keyId = KeyId;
    });
  };

export const stopStreamEncryption =
  (store: StreamStore): KinesisOperation<'StopStreamEncryption'> =>
  async ({ EncryptionType, ...reference }, { scope, signal }) => {
    if (EncryptionType !== 'KMS') throw invalidArgument('EncryptionType must be KMS.');
    return update(store, scope, reference, signal, (settings) => {
      settings.keyId = undefined;
    });
  };

export const enableEnhancedMonitoring =
  (store: StreamStore): KinesisOperation<'EnableEnhancedMonitoring'> =>
  ({ ShardLevelMetrics, ...reference }, { scope }) =>
    monitor(store.requireActive(scope, reference), (name, isOn) => isOn || includes(ShardLevelMetrics, name));

export const disableEnhancedMonitoring =
  (store: StreamStore): KinesisOperation<'DisableEnhancedMonitoring'> =>
  ({ ShardLevelMetrics, ...reference }, { scope }) =>
    monitor(store.requireActive(scope, reference), (name, isOn) => isOn && !includes(ShardLevelMetrics, name));

const includes = (names: readonly string[], name: ShardMetric): boolean =>
  names.includes('ALL') || names.includes(name);

function monitor({ origin, settings }: DataStream, decide: (name: ShardMetric, isOn: boolean) => boolean) {
  const CurrentShardLevelMetrics = settings.shardMetrics;
  settings.shardMetrics = shardMetrics.filter((name) => decide(name, CurrentShardLevelMetrics.includes(name)));
  return {
    StreamName: origin.name,
    StreamARN: origin.arn,
    CurrentShardLevelMetrics,
    DesiredShardLevelMetrics: settings.shardMetrics,
  };
}

export const updateStreamMode =
  (store: StreamStore): KinesisOperation<'UpdateStreamMode'> =>
  async ({ StreamARN, StreamModeDetails, WarmThroughputMiBps }, { scope, signal }) => {
    const mode = StreamModeDetails.StreamMode;
    const isOther = store.requireActive(scope, { StreamARN }).settings.mode !== mode;
    if (mode === 'ON_DEMAND' && isOther) requireOnDemandStream(store, scope);
    if (mode === 'PROVISIONED' && WarmThroughputMiBps !== undefined) throw onDemandOnly('WarmThroughputMiBps');
    return update(store, scope, { StreamARN }, signal, (settings) => {
      settings.mode = mode;
      settings.warmThroughput = mode === 'ON_DEMAND' ? (WarmThroughputMiBps ?? settings.warmThroughput) : undefined;
      if (mode === 'PROVISIONED') settings.distribution = 'USER_PARTITION_KEY';
    });
  };

export const updateMaxRecordSize =
  (store: StreamStore): KinesisOperation<'UpdateMaxRecordSize'> =>
  async ({ StreamARN, MaxRecordSizeInKiB }, { scope, signal }) =>
    update(store, scope, { StreamARN }, signal, (settings) => {
      settings.maxRecordKiB = MaxRecordSizeInKiB;
    });

/** Kept and shown: there is as much throughput as the machine has. */
export const updateStreamWarmThroughput =
  (store: StreamStore): KinesisOperation<'UpdateStreamWarmThroughput'> =>
  async ({ WarmThroughputMiBps, ...reference }, { scope, signal }) => {
    const { origin, settings: before } = store.requireActive(scope, reference);
    if (before.mode !== 'ON_DEMAND') throw onDemandOnly('UpdateStreamWarmThroughput');
    const CurrentMiBps = before.warmThroughput ?? 0;
    await update(store, scope, reference, signal, (settings) => {
      settings.warmThroughput = WarmThroughputMiBps;
    });
    const WarmThroughput = { TargetMiBps: WarmThroughputMiBps, CurrentMiBps };
    return { StreamName: origin.name, StreamARN: origin.arn, WarmThroughput };
  };

export const updateRecordDistribution =
  (store: StreamStore): KinesisOperation<'UpdateStreamRecordDistributionStrategy'> =>
  async ({ StreamARN, RecordDistributionStrategy }, { scope, signal }) => {
    if (store.requireActive(scope, { StreamARN }).settings.mode !== 'ON_DEMAND') {
      throw onDemandOnly('RecordDistributionStrategy');
    }
    return update(store, scope, { StreamARN }, signal, (settings) => {
      settings.distribution = RecordDistributionStrategy;
    });
  };

const onDemandOnly = (what: string) =>
  invalidArgument(`${what} is only supported for streams with the on-demand capacity mode.`);

/** Answers when the stream is ACTIVE again. */
async function update(
  store: StreamStore,
  scope: Scope,
  reference: StreamReference,
  signal: AbortSignal,
  change: (settings: StreamSettings) => void,
): Promise<Record<string, never>> {
  const { life, settings } = store.requireActive(scope, reference);
  life.begin('UPDATING');
  change(settings);
  await life.settled(signal);
  return {};
}

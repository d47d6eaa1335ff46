/** The operations on what an account has and may have. */
import { channelLimit, onDemandStreamLimit, openShardCount, shardLimitOf } from '../stream/account-limits.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { date, type KinesisOperation } from './kinesis-operation.ts';

export const describeLimits =
  (store: StreamStore): KinesisOperation<'DescribeLimits'> =>
  (_input, { scope }) => {
    const streams = store.all(scope);
    return {
      ShardLimit: shardLimitOf(scope),
      OpenShardCount: openShardCount(streams),
      OnDemandStreamCount: streams.filter(({ settings }) => settings.mode === 'ON_DEMAND').length,
      OnDemandStreamCountLimit: onDemandStreamLimit,
      ChannelCount: 0,
      ChannelCountLimit: channelLimit,
    };
  };

export const describeAccountSettings =
  (store: StreamStore): KinesisOperation<'DescribeAccountSettings'> =>
  (_input, { scope }) => ({ MinimumThroughputBillingCommitment: store.account(scope).billingCommitment });

/** Nothing is billed here: it is kept and shown. */
export const updateAccountSettings =
  (store: StreamStore): KinesisOperation<'UpdateAccountSettings'> =>
  ({ MinimumThroughputBillingCommitment: { Status } }, { scope }) => {
    const account = store.account(scope);
    const now = date(store.clock.now());
    const times = Status === 'ENABLED' ? { StartedAt: now } : { EndedAt: now };
    account.billingCommitment = { Status, ...times };
    return { MinimumThroughputBillingCommitment: account.billingCommitment };
  };

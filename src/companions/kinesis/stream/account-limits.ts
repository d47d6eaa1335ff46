/** What an account may have. Source: Kinesis developer guide, "Quotas and limits". */
import type { Scope } from '../../../aws/scope.ts';
import type { DataStream } from './data-stream.ts';

const largeRegions: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** Of shards of streams with the provisioned capacity mode; in other regions AWS has 1,000 or 6,000. */
export const shardLimitOf = ({ region }: Scope): number => (largeRegions.includes(region) ? 20_000 : 6000);

export const onDemandStreamLimit = 50;
export const channelLimit = 20;

/** On-demand streams do not count. */
export const openShardCount = (streams: readonly DataStream[]): number =>
  streams
    .filter(({ settings }) => settings.mode === 'PROVISIONED')
    .reduce((sum, { openShards }) => sum + openShards.length, 0);

/** Which shards of a stream are meant. Source: Kinesis API reference, ShardFilter. */
import { unreachable } from '../../../kernel/invariant.ts';
import { invalidArgument } from '../kinesis-faults.ts';
import type { DataStream } from '../stream/data-stream.ts';
import type { Shard } from './shard.ts';

export const filterTypes = [
  'AFTER_SHARD_ID',
  'AT_TRIM_HORIZON',
  'FROM_TRIM_HORIZON',
  'AT_LATEST',
  'AT_TIMESTAMP',
  'FROM_TIMESTAMP',
] as const;

export interface ShardFilter {
  readonly Type: (typeof filterTypes)[number];
  readonly ShardId?: string | undefined;
  readonly Timestamp?: Date | undefined;
}

/** @throws ServiceError for a filter that lacks what its type needs, or has what it cannot use */
export function shardsThatFit(stream: DataStream, filter: ShardFilter | undefined): readonly Shard[] {
  const { shards, trimHorizon } = stream;
  if (filter === undefined) return shards;
  requireConsistent(filter);
  switch (filter.Type) {
    case 'AFTER_SHARD_ID':
      return shards.filter(({ id }) => id > (filter.ShardId ?? ''));
    case 'FROM_TRIM_HORIZON':
      return shards;
    case 'AT_LATEST':
      return shards.filter(({ isOpen }) => isOpen);
    case 'AT_TRIM_HORIZON':
      return openAt(shards, Math.max(trimHorizon, stream.created));
    case 'AT_TIMESTAMP':
      return openAt(shards, Math.max(timeOf(filter), trimHorizon, stream.created));
    case 'FROM_TIMESTAMP': {
      const from = Math.max(timeOf(filter), trimHorizon);
      return shards.filter(({ closed }) => closed === undefined || closed >= from);
    }
    default:
      return unreachable(filter.Type);
  }
}

const openAt = (shards: readonly Shard[], time: number): readonly Shard[] =>
  shards.filter(({ origin, closed }) => origin.opened <= time && (closed === undefined || closed >= time));

const timeOf = ({ Timestamp }: ShardFilter): number => Timestamp?.getTime() ?? 0;

function requireConsistent({ Type, ShardId, Timestamp }: ShardFilter): void {
  const needsId = Type === 'AFTER_SHARD_ID';
  const needsTime = Type === 'AT_TIMESTAMP' || Type === 'FROM_TIMESTAMP';
  if (needsId && ShardId === undefined)
    throw invalidArgument(`ShardId must be provided with ShardFilter type ${Type}.`);
  if (!needsId && ShardId !== undefined)
    throw invalidArgument(`ShardId cannot be provided with ShardFilter type ${Type}.`);
  if (needsTime && Timestamp === undefined) {
    throw invalidArgument(`Timestamp must be provided with ShardFilter type ${Type}.`);
  }
  if (!needsTime && Timestamp !== undefined) {
    throw invalidArgument(`Timestamp cannot be provided with ShardFilter type ${Type}.`);
  }
}

import type { KinesisOperations } from '../../../aws/generated/kinesis-operations.ts';
import { Subscription } from '../consumer/subscription.ts';
import { inUse } from '../kinesis-faults.ts';
import type { Shard } from '../shard/shard.ts';
import type { DataStream } from '../stream/data-stream.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { notActive } from './consumers.ts';
import { childShards } from './describe-stream.ts';
import { recordOutput } from './get-records.ts';
import { requireShard, startOf } from './get-shard-iterator.ts';
import { type KinesisOperation, stopDryRun } from './kinesis-operation.ts';

type EventStream = NonNullable<KinesisOperations['SubscribeToShard']['output']['EventStream']>;
type Event = EventStream extends AsyncIterable<infer Item> ? Item : never;

/** `SubscribeToShard`: the records of a shard as they come, as an event stream. */
export const subscribeToShard =
  (store: StreamStore): KinesisOperation<'SubscribeToShard'> =>
  (input, { signal }) => {
    const { ConsumerARN, ShardId, StartingPosition } = input;
    const { stream, consumer } = store.requireConsumer(ConsumerARN);
    if (consumer.life.state !== 'ACTIVE') throw notActive(stream, consumer);
    const shard = requireShard(stream, ShardId);
    const { Type, SequenceNumber, Timestamp } = StartingPosition;
    const given = { type: Type, sequenceNumber: SequenceNumber, timestamp: Timestamp };
    const position = startOf(stream, shard, given, 'SubscribeToShard');
    if (consumer.isTaken(ShardId, stream.now)) {
      const { name, scope } = stream.origin;
      throw inUse(
        `Another active subscription exists for this consumer: ${scope.account}:${name}:${ShardId}:${consumer.name}`,
      );
    }
    stopDryRun(input);
    const trimHorizon = () => stream.trimHorizon;
    const subscription = new Subscription({ clock: store.clock, shard, position, trimHorizon, signal });
    consumer.start(ShardId, subscription, stream.now);
    return { EventStream: eventsOf(stream, shard, subscription) };
  };

async function* eventsOf({ origin }: DataStream, shard: Shard, subscription: Subscription): AsyncGenerator<Event> {
  for await (const { records, next, isEnd, millisBehindLatest } of subscription.reads()) {
    const SubscribeToShardEvent = {
      Records: records.map(recordOutput),
      MillisBehindLatest: millisBehindLatest,
      // Without a number clients know that the shard has ended.
      ...(isEnd
        ? { ContinuationSequenceNumber: undefined, ChildShards: childShards(shard) }
        : { ContinuationSequenceNumber: String(shard.checkpoint(next)) }),
    };
    yield { SubscribeToShardEvent } as Event;
  }
  if (subscription.ended !== 'deleted') return;
  const message = `The stream ${origin.name} under account ${origin.scope.account} or its consumer was deleted.`;
  yield { ResourceNotFoundException: { message } } as Event;
}

/** The operations on the registered consumers of a stream. */
import { decodeMarker, encodeMarker } from '../../../aws/pagination-marker.ts';
import type { CompanionCall } from '../../companion-call.ts';
import { Consumer } from '../consumer/consumer.ts';
import { inUse, invalidArgument, limitExceeded, notFound } from '../kinesis-faults.ts';
import type { DataStream } from '../stream/data-stream.ts';
import { LifeCycle } from '../stream/life-cycle.ts';
import type { StreamReference, StreamStore } from '../stream/stream-store.ts';
import { setTags } from '../stream/tag-set.ts';
import { date, type KinesisOperation } from './kinesis-operation.ts';
import { requireCreation } from './list-shards.ts';

/** Source: Kinesis API reference, RegisterStreamConsumer. */
const mostConsumers = 20;

export const registerStreamConsumer =
  (store: StreamStore): KinesisOperation<'RegisterStreamConsumer'> =>
  async ({ StreamARN, ConsumerName, Tags = {} }, { scope, signal }) => {
    const stream = store.requireActive(scope, { StreamARN });
    const { name, arn, scope: owner } = stream.origin;
    if (store.findConsumer(stream, ConsumerName) !== undefined) {
      throw inUse(`Consumer ${ConsumerName} under stream ${name} already exists for account ${owner.account}.`);
    }
    if (store.consumers(stream).length >= mostConsumers) {
      throw limitExceeded(`A stream can have up to ${mostConsumers} registered consumers.`);
    }
    const created = stream.now;
    const consumerArn = `${arn}/consumer/${ConsumerName}:${Math.floor(created / 1000)}`;
    const life = new LifeCycle(store.clock, `consumer ${ConsumerName}`);
    const tags = new Map<string, string>();
    setTags(tags, Tags);
    const consumer = new Consumer(ConsumerName, consumerArn, life, created, tags);
    stream.consumers.set(ConsumerName, consumer);
    const answer = { Consumer: consumerOutput(consumer) };
    await life.settled(signal);
    return answer;
  };

export const deregisterStreamConsumer =
  (store: StreamStore): KinesisOperation<'DeregisterStreamConsumer'> =>
  async (input, call) => {
    const { stream, consumer } = requireConsumer(store, input, call);
    if (consumer.life.state === 'DELETING') throw notActive(stream, consumer);
    consumer.life.begin('DELETING');
    consumer.end();
    store.policies.delete(consumer.arn);
    await consumer.life.settled(call.signal);
    return {};
  };

export const describeStreamConsumer =
  (store: StreamStore): KinesisOperation<'DescribeStreamConsumer'> =>
  (input, call) => {
    const { stream, consumer } = requireConsumer(store, input, call);
    return { ConsumerDescription: { ...consumerOutput(consumer), StreamARN: stream.origin.arn } };
  };

export const listStreamConsumers =
  (store: StreamStore): KinesisOperation<'ListStreamConsumers'> =>
  ({ StreamARN, MaxResults = 100, NextToken, StreamCreationTimestamp }, { scope }) => {
    const stream = store.require(scope, { StreamARN });
    requireCreation(stream, StreamCreationTimestamp?.getTime());
    const all = store.consumers(stream);
    const after = NextToken === undefined ? undefined : decodeMarker(NextToken);
    const from = NextToken === undefined ? 0 : all.findIndex(({ arn }) => arn === after) + 1;
    if (NextToken !== undefined && from === 0) throw invalidArgument('NextToken is invalid.');
    const page = all.slice(from, from + MaxResults);
    const last = page.at(-1);
    const hasMore = last !== undefined && from + page.length < all.length;
    return { Consumers: page.map(consumerOutput), NextToken: hasMore ? encodeMarker(last.arn) : undefined };
  };

interface ConsumerReference extends StreamReference {
  readonly ConsumerName?: string | undefined;
  readonly ConsumerARN?: string | undefined;
}

/** By its own ARN, or by its name and its stream's ARN. @throws ServiceError */
function requireConsumer(
  store: StreamStore,
  { ConsumerARN, ConsumerName, StreamARN }: ConsumerReference,
  { scope }: CompanionCall,
) {
  if (ConsumerARN !== undefined) return store.requireConsumer(ConsumerARN);
  if (ConsumerName === undefined || StreamARN === undefined) {
    throw invalidArgument('Either ConsumerARN, or both StreamARN and ConsumerName must be provided.');
  }
  const stream = store.require(scope, { StreamARN });
  const consumer = store.findConsumer(stream, ConsumerName);
  if (consumer !== undefined) return { stream, consumer };
  const { name, scope: owner } = stream.origin;
  throw notFound(`Consumer ${ConsumerName} under stream ${name} not found for account ${owner.account}.`);
}

export const notActive = ({ origin }: DataStream, { name, created }: Consumer) =>
  inUse(
    `Consumer ${name} with creation timestamp ${Math.floor(created / 1000)} under stream: ${origin.name} , ` +
      `account ${origin.scope.account} is not in ACTIVE status.`,
  );

const consumerOutput = ({ name, arn, life, created }: Consumer) => ({
  ConsumerName: name,
  ConsumerARN: arn,
  ConsumerStatus: consumerStatus(life.state),
  ConsumerCreationTimestamp: date(created),
});

/** A consumer is never updated, and what is gone is not shown. */
const consumerStatus = (state: LifeCycle['state']): 'CREATING' | 'ACTIVE' | 'DELETING' => {
  if (state === 'CREATING') return 'CREATING';
  return state === 'ACTIVE' || state === 'UPDATING' ? 'ACTIVE' : 'DELETING';
};

/** The operations on subscriptions. */
import { parseArn } from '../../../aws/arn.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Random } from '../../../kernel/random.ts';
import { isoTimestamp } from '../../../kernel/timestamp.ts';
import type { Deliveries } from '../delivery/deliveries.ts';
import { postTo } from '../delivery/http-delivery.ts';
import { confirmation } from '../delivery/notification.ts';
import { invalidParameter, subscriptionNotFound } from '../sns-faults.ts';
import { setSubscriptionAttribute, subscriptionAttributes } from '../subscription-attributes.ts';
import { deliverableProtocols, otherProtocols, type Subscription, type SubscriptionProtocol } from '../topic.ts';
import type { TopicStore } from '../topic-store.ts';
import { type SnsOperation, snsPage } from './sns-operation.ts';

export interface SubscribeDeps {
  readonly store: TopicStore;
  readonly deliveries: Deliveries;
  readonly random: Random;
  readonly clock: Clock;
}

const protocols: readonly string[] = [...deliverableProtocols, ...otherProtocols];
const isProtocol = (text: string): text is SubscriptionProtocol => protocols.includes(text);
const pending = 'pending confirmation';

/** `Subscribe`: the subscription that is there when topic, protocol and endpoint are the same. */
export const subscribe =
  (deps: SubscribeDeps): SnsOperation<'Subscribe'> =>
  ({ TopicArn, Protocol, Endpoint = '', Attributes = {}, ReturnSubscriptionArn = false }, { scope, origin }) => {
    const topic = deps.store.require(TopicArn);
    checkEndpoint(Protocol, Endpoint, topic.isFifo);
    const same = [...topic.subscriptions.values()].find(
      (each) => each.protocol === Protocol && each.endpoint === Endpoint,
    );
    if (same !== undefined) {
      const shown = subscriptionAttributes(same);
      if (!Object.entries(Attributes).every(([name, value]) => shown[name] === value)) {
        throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
      }
      return { SubscriptionArn: same.arn };
    }
    const needsConfirmation =
      Protocol !== 'sqs' &&
      Protocol !== 'lambda' &&
      Protocol !== 'sms' &&
      Protocol !== 'application' &&
      Protocol !== 'firehose';
    const subscription: Subscription = {
      arn: `${topic.arn}:${deps.random.uuid()}`,
      topic,
      owner: scope.account,
      protocol: Protocol as SubscriptionProtocol,
      endpoint: Endpoint,
      token: needsConfirmation ? deps.random.hex(64) : undefined,
      attributes: new Map(),
      filter: undefined,
    };
    // The scope of a filter decides how its policy is read.
    for (const name of ['FilterPolicyScope', ...Object.keys(Attributes)]) {
      const value = Attributes[name];
      if (value !== undefined) setSubscriptionAttribute(subscription, name, value);
    }
    topic.subscriptions.set(subscription.arn, subscription);
    if (Protocol === 'http' || Protocol === 'https') askToConfirm(deps, subscription, origin);
    return { SubscriptionArn: needsConfirmation && !ReturnSubscriptionArn ? pending : subscription.arn };
  };

/** @throws ServiceError for an endpoint that its protocol cannot have */
function checkEndpoint(protocol: string, endpoint: string, isFifo: boolean): void {
  if (!isProtocol(protocol)) throw invalidParameter('Protocol Reason: Invalid protocol type');
  if (endpoint === '') throw invalidParameter('Endpoint');
  switch (protocol) {
    case 'sqs': {
      const arn = parseArn(endpoint);
      if (arn?.service !== 'sqs') throw invalidParameter('SQS endpoint ARN');
      if (!isFifo && arn.resource.endsWith('.fifo')) {
        throw invalidParameter(
          'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
        );
      }
      return;
    }
    case 'lambda':
      if (parseArn(endpoint)?.service !== 'lambda') throw invalidParameter('Lambda endpoint ARN');
      return;
    case 'http':
    case 'https':
      if (URL.parse(endpoint)?.protocol !== `${protocol}:`) {
        throw invalidParameter('Endpoint must match the specified protocol');
      }
      return;
    default:
  }
}

function askToConfirm({ deliveries, random, clock }: SubscribeDeps, subscription: Subscription, origin: string): void {
  const messageId = random.uuid();
  const body = confirmation(subscription, messageId, isoTimestamp(clock.now()), origin);
  deliveries.run(
    (signal) => postTo(subscription, { type: 'SubscriptionConfirmation', messageId, body, isRaw: false }, signal),
    `asking ${subscription.endpoint} to confirm its subscription`,
  );
}

export const confirmSubscription =
  (store: TopicStore): SnsOperation<'ConfirmSubscription'> =>
  ({ TopicArn, Token }) => {
    const topic = store.require(TopicArn);
    const subscription = [...topic.subscriptions.values()].find(({ token }) => token === Token);
    if (subscription === undefined) throw invalidParameter('Token');
    subscription.token = undefined;
    return { SubscriptionArn: subscription.arn };
  };

/** `Unsubscribe`: one that is not there is as good as ended. */
export const unsubscribe =
  (store: TopicStore): SnsOperation<'Unsubscribe'> =>
  ({ SubscriptionArn }) => {
    const arn = parseArn(SubscriptionArn);
    if (arn?.service !== 'sns') {
      throw invalidParameter('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1');
    }
    try {
      const { topic } = store.requireSubscription(SubscriptionArn);
      topic.subscriptions.delete(SubscriptionArn);
    } catch (error) {
      if (!(error instanceof Error && error.message === subscriptionNotFound().message)) throw error;
    }
    return {};
  };

const listed = ({ arn, owner, protocol, endpoint, topic, token }: Subscription) => ({
  SubscriptionArn: token === undefined ? arn : 'PendingConfirmation',
  Owner: owner,
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topic.arn,
});

export const listSubscriptions =
  (store: TopicStore): SnsOperation<'ListSubscriptions'> =>
  (input, { scope }) => {
    const all = store.all(scope).flatMap(({ subscriptions }) => [...subscriptions.values()]);
    const { items, NextToken } = snsPage(all, input.NextToken);
    return { Subscriptions: items.map(listed), NextToken };
  };

export const listSubscriptionsByTopic =
  (store: TopicStore): SnsOperation<'ListSubscriptionsByTopic'> =>
  (input) => {
    const all = [...store.require(input.TopicArn).subscriptions.values()];
    const { items, NextToken } = snsPage(all, input.NextToken);
    return { Subscriptions: items.map(listed), NextToken };
  };

export const getSubscriptionAttributes =
  (store: TopicStore): SnsOperation<'GetSubscriptionAttributes'> =>
  ({ SubscriptionArn }) => ({ Attributes: subscriptionAttributes(store.requireSubscription(SubscriptionArn)) });

export const setSubscriptionAttributes =
  (store: TopicStore): SnsOperation<'SetSubscriptionAttributes'> =>
  ({ SubscriptionArn, AttributeName, AttributeValue = '' }) => {
    setSubscriptionAttribute(store.requireSubscription(SubscriptionArn), AttributeName, AttributeValue);
    return {};
  };

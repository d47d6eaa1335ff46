/** The topics of every account and region. */
import { formatArn, parseArn } from '../../aws/arn.ts';
import { accountId, region, type Scope, scopeOf } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import { invalidParameter, subscriptionNotFound, topicNotFound } from './sns-faults.ts';
import type { Subscription, Topic } from './topic.ts';

export class TopicStore {
  /** By name. */
  readonly #topics = new ScopedMap<Map<string, Topic>>(() => new Map());

  /** In the order of their names. */
  all(scope: Scope): readonly Topic[] {
    return [...this.#topics.make(scope).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(scope: Scope, name: string): Topic | undefined {
    return this.#topics.get(scope)?.get(name);
  }

  /** @throws ServiceError for what is no ARN of a topic, or of none that is there */
  require(topicArn: string): Topic {
    const arn = parseArn(topicArn);
    if (arn?.service !== 'sns' || arn.resource.includes(':')) {
      throw invalidParameter('TopicArn Reason: An ARN must have at least 6 elements, not 1');
    }
    const topic = this.find(scopeOf(accountId(arn.account), region(arn.region)), arn.resource);
    if (topic === undefined) throw topicNotFound();
    return topic;
  }

  /** @throws ServiceError */
  requireSubscription(subscriptionArn: string): Subscription {
    const arn = parseArn(subscriptionArn);
    const [name = '', id] = arn?.resource.split(':') ?? [];
    if (arn === undefined || id === undefined)
      throw invalidParameter('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1');
    const topic = this.find(scopeOf(accountId(arn.account), region(arn.region)), name);
    const subscription = topic?.subscriptions.get(subscriptionArn);
    if (subscription === undefined) throw subscriptionNotFound();
    return subscription;
  }

  create(scope: Scope, name: string, attributes: Map<string, string>, tags: Map<string, string>): Topic {
    const topic: Topic = {
      scope,
      name,
      arn: formatArn({ ...scope, service: 'sns', resource: name }),
      isFifo: name.endsWith('.fifo'),
      attributes,
      tags,
      subscriptions: new Map(),
      deduplication: new Map(),
      sequence: 10_000_000_000_000_000_000n,
    };
    this.#topics.make(scope).set(name, topic);
    return topic;
  }

  remove({ scope, name }: Topic): void {
    this.#topics.make(scope).delete(name);
  }
}

/** Amazon SNS: topics, and subscriptions of queues, functions and HTTP endpoints. */
import type { EmbeddedService } from '../../aws/embedded-service.ts';
import { sns } from '../../aws/generated/sns.ts';
import type { SnsOperations } from '../../aws/generated/sns-operations.ts';
import { notYet, type OperationTable } from '../../aws/operation-table.ts';
import { compileAwsQuery } from '../../aws/protocol/query/aws-query.ts';
import type { CompanionCall } from '../companion-call.ts';
import type { CompanionDeps } from '../companion-deps.ts';
import { OperationService } from '../operation-service.ts';
import { QueueSender } from '../queue-sender.ts';
import { Deliveries } from './delivery/deliveries.ts';
import { addPermission, removePermission } from './operations/permissions.ts';
import { publish, publishBatch } from './operations/publish.ts';
import * as subscriptions from './operations/subscriptions.ts';
import * as topics from './operations/topics.ts';
import { Publisher } from './publisher.ts';
import { TopicStore } from './topic-store.ts';

/** Ten messages of a batch, percent-encoded. */
const bodyLimit = 4 * 1024 * 1024;

export function openSns(deps: CompanionDeps): EmbeddedService {
  const store = new TopicStore();
  const deliveries = new Deliveries({ ...deps, queues: new QueueSender(deps.clients) });
  const publisher = new Publisher({ ...deps, deliveries });
  const operations = {
    AddPermission: addPermission(store),
    ConfirmSubscription: subscriptions.confirmSubscription(store),
    CreateTopic: topics.createTopic(store),
    DeleteTopic: topics.deleteTopic(store),
    // Nothing here looks for personal data in messages.
    GetDataProtectionPolicy: notYet,
    GetSubscriptionAttributes: subscriptions.getSubscriptionAttributes(store),
    GetTopicAttributes: topics.getTopicAttributes(store),
    ListSubscriptions: subscriptions.listSubscriptions(store),
    ListSubscriptionsByTopic: subscriptions.listSubscriptionsByTopic(store),
    ListTagsForResource: topics.listTagsForResource(store),
    ListTopics: topics.listTopics(store),
    Publish: publish(store, publisher),
    PublishBatch: publishBatch(store, publisher),
    PutDataProtectionPolicy: notYet,
    RemovePermission: removePermission(store),
    SetSubscriptionAttributes: subscriptions.setSubscriptionAttributes(store),
    SetTopicAttributes: topics.setTopicAttributes(store),
    Subscribe: subscriptions.subscribe({ ...deps, store, deliveries }),
    TagResource: topics.tagResource(store),
    Unsubscribe: subscriptions.unsubscribe(store),
    UntagResource: topics.untagResource(store),
  } satisfies OperationTable<SnsOperations, CompanionCall>;
  return new OperationService({
    ...deps,
    table: sns,
    protocols: [compileAwsQuery(sns)],
    operations,
    bodyLimit,
    close: () => deliveries[Symbol.asyncDispose](),
  });
}

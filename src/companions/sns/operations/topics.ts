/** The operations on topics. */
import { invalidParameter } from '../sns-faults.ts';
import { checkTopicAttribute, topicAttributes } from '../topic-attributes.ts';
import type { TopicStore } from '../topic-store.ts';
import { type SnsOperation, snsPage } from './sns-operation.ts';

/** `CreateTopic`: the topic that is there when it is the same, and a refusal when it is not. */
export const createTopic =
  (store: TopicStore): SnsOperation<'CreateTopic'> =>
  ({ Name, Attributes = {}, Tags = [] }, { scope }) => {
    if (!/^[a-zA-Z0-9_-]{1,256}(\.fifo)?$/.test(Name) || Name.length > 256) throw invalidParameter('Topic Name');
    const { FifoTopic = 'false', ...given } = Attributes;
    const isFifo = Name.endsWith('.fifo');
    if ((FifoTopic === 'true') !== isFifo) {
      throw invalidParameter(
        isFifo
          ? 'Topic Name'
          : 'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.',
      );
    }
    for (const [name, value] of Object.entries(given)) checkTopicAttribute(name, value, isFifo);
    const tags = new Map(Tags.map(({ Key, Value }) => [Key, Value]));
    const present = store.find(scope, Name);
    if (present === undefined) return { TopicArn: store.create(scope, Name, new Map(Object.entries(given)), tags).arn };
    if (!Object.entries(given).every(([name, value]) => topicAttributes(present)[name] === value)) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    }
    if (Tags.length > 0 && ![...tags].every(([key, value]) => present.tags.get(key) === value)) {
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    }
    return { TopicArn: present.arn };
  };

/** `DeleteTopic`: with its subscriptions; one that is not there is as good as deleted. */
export const deleteTopic =
  (store: TopicStore): SnsOperation<'DeleteTopic'> =>
  ({ TopicArn }, { scope }) => {
    const topic = store.find(scope, TopicArn.slice(TopicArn.lastIndexOf(':') + 1));
    if (topic !== undefined) store.remove(topic);
    return {};
  };

export const listTopics =
  (store: TopicStore): SnsOperation<'ListTopics'> =>
  (input, { scope }) => {
    const { items, NextToken } = snsPage(store.all(scope), input.NextToken);
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken };
  };

export const getTopicAttributes =
  (store: TopicStore): SnsOperation<'GetTopicAttributes'> =>
  ({ TopicArn }) => ({ Attributes: topicAttributes(store.require(TopicArn)) });

export const setTopicAttributes =
  (store: TopicStore): SnsOperation<'SetTopicAttributes'> =>
  ({ TopicArn, AttributeName, AttributeValue = '' }) => {
    const topic = store.require(TopicArn);
    checkTopicAttribute(AttributeName, AttributeValue, topic.isFifo);
    topic.attributes.set(AttributeName, AttributeValue);
    return {};
  };

export const tagResource =
  (store: TopicStore): SnsOperation<'TagResource'> =>
  ({ ResourceArn, Tags }) => {
    const { tags } = store.require(ResourceArn);
    for (const { Key, Value } of Tags) tags.set(Key ?? '', Value ?? '');
    return {};
  };

export const untagResource =
  (store: TopicStore): SnsOperation<'UntagResource'> =>
  ({ ResourceArn, TagKeys }) => {
    const { tags } = store.require(ResourceArn);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

export const listTagsForResource =
  (store: TopicStore): SnsOperation<'ListTagsForResource'> =>
  ({ ResourceArn }) => ({ Tags: [...store.require(ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })) });

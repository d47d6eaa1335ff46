/** The operations on tags: those of streams alone, and the newer ones that take any ARN. */

import type { CompanionCall } from '../../companion-call.ts';
import { notFound } from '../kinesis-faults.ts';
import type { StreamStore } from '../stream/stream-store.ts';
import { listTags, setTags } from '../stream/tag-set.ts';
import type { KinesisOperation } from './kinesis-operation.ts';

export const addTagsToStream =
  (store: StreamStore): KinesisOperation<'AddTagsToStream'> =>
  ({ Tags, ...reference }, { scope }) => {
    setTags(store.require(scope, reference).tags, Tags);
    return {};
  };

export const removeTagsFromStream =
  (store: StreamStore): KinesisOperation<'RemoveTagsFromStream'> =>
  ({ TagKeys, ...reference }, { scope }) => {
    const { tags } = store.require(scope, reference);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

export const listTagsForStream =
  (store: StreamStore): KinesisOperation<'ListTagsForStream'> =>
  ({ ExclusiveStartTagKey, Limit = 50, ...reference }, { scope }) => {
    const all = listTags(store.require(scope, reference).tags);
    const rest = all.filter(({ Key }) => ExclusiveStartTagKey === undefined || Key > ExclusiveStartTagKey);
    return { Tags: rest.slice(0, Limit), HasMoreTags: rest.length > Limit };
  };

export const tagResource =
  (store: StreamStore): KinesisOperation<'TagResource'> =>
  ({ ResourceARN, Tags }, call) => {
    setTags(tagsOf(store, ResourceARN, call), Tags);
    return {};
  };

export const untagResource =
  (store: StreamStore): KinesisOperation<'UntagResource'> =>
  ({ ResourceARN, TagKeys }, call) => {
    const tags = tagsOf(store, ResourceARN, call);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

export const listTagsForResource =
  (store: StreamStore): KinesisOperation<'ListTagsForResource'> =>
  ({ ResourceARN }, call) => ({ Tags: listTags(tagsOf(store, ResourceARN, call)) });

/** Of a stream or a consumer. @throws ServiceError */
function tagsOf(store: StreamStore, arn: string, { scope }: CompanionCall): Map<string, string> {
  if (/:channel\/[^/]+$/.test(arn)) throw notFound(`Channel ${arn} not found.`);
  return arn.includes('/consumer/')
    ? store.requireConsumer(arn).consumer.tags
    : store.require(scope, { StreamARN: arn }).tags;
}

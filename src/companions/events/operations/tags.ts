/** The operations on the tags of rules and buses. */
import { parseArn } from '../../../aws/arn.ts';
import { accountId, region, scopeOf } from '../../../aws/scope.ts';
import type { BusStore } from '../bus/bus-store.ts';
import { invalid } from '../events-faults.ts';
import type { EventsOperation } from './events-operation.ts';

/** @throws ServiceError for what is no rule or bus */
function tagsOf(store: BusStore, text: string): Map<string, string> {
  const arn = parseArn(text);
  const [kind, ...names] = arn?.service === 'events' ? arn.resource.split('/') : [];
  const name = names.pop();
  if (arn === undefined || name === undefined) {
    throw invalid(`Parameter ${text} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  const scope = scopeOf(accountId(arn.account), region(arn.region));
  switch (kind) {
    case 'event-bus':
      return store.require(scope, [...names, name].join('/')).tags;
    case 'rule':
      return store.requireRule(scope, name, names.length === 0 ? undefined : names.join('/')).tags;
    default:
      throw invalid(`Parameter ${text} is not valid. Reason: Only rules and event buses can be tagged here.`);
  }
}

export const tagResource =
  (store: BusStore): EventsOperation<'TagResource'> =>
  ({ ResourceARN, Tags }) => {
    const tags = tagsOf(store, ResourceARN);
    for (const { Key, Value } of Tags) tags.set(Key, Value);
    return {};
  };

export const untagResource =
  (store: BusStore): EventsOperation<'UntagResource'> =>
  ({ ResourceARN, TagKeys }) => {
    const tags = tagsOf(store, ResourceARN);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

export const listTagsForResource =
  (store: BusStore): EventsOperation<'ListTagsForResource'> =>
  ({ ResourceARN }) => ({ Tags: [...tagsOf(store, ResourceARN)].map(([Key, Value]) => ({ Key, Value })) });

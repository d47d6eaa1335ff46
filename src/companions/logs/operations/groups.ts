/** The operations on log groups. */
import type { LogGroup } from '../log-group.ts';
import type { LogStore } from '../log-store.ts';
import { alreadyExists, groupNameIn, invalidParameter, requireGroup, resourceNotFound } from '../logs-faults.ts';
import { type LogsOperation, logsPage } from './logs-operation.ts';

export const createLogGroup =
  (store: LogStore): LogsOperation<'CreateLogGroup'> =>
  ({ logGroupName, kmsKeyId, logGroupClass, tags = {} }, { scope }) => {
    if (store.find(scope, logGroupName) !== undefined) throw alreadyExists('group');
    const group = store.createGroup(scope, logGroupName, {
      kmsKeyId,
      ...(logGroupClass === undefined ? {} : { logGroupClass }),
    });
    for (const [key, value] of Object.entries(tags)) group.tags.set(key, value);
    return {};
  };

export const deleteLogGroup =
  (store: LogStore): LogsOperation<'DeleteLogGroup'> =>
  ({ logGroupName }, { scope }) => {
    store.removeGroup(requireGroup(store, scope, { logGroupName }));
    return {};
  };

const sizeOf = ({ streams }: LogGroup): number => [...streams.values()].reduce((sum, { size }) => sum + size, 0);

export const describeLogGroups =
  (store: LogStore): LogsOperation<'DescribeLogGroups'> =>
  ({ logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers, limit = 50, nextToken }, { scope }) => {
    if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
      throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
    }
    const wanted = logGroupIdentifiers?.map(groupNameIn);
    const pattern = logGroupNamePattern?.toLowerCase();
    const listed = store
      .groups(scope)
      .filter(
        ({ name }) =>
          name.startsWith(logGroupNamePrefix ?? '') &&
          (pattern === undefined || name.toLowerCase().includes(pattern)) &&
          (wanted === undefined || wanted.includes(name)),
      );
    const page = logsPage(listed, ({ name }) => name, limit, nextToken);
    const logGroups = page.items.map((group) => ({
      logGroupName: group.name,
      creationTime: group.created,
      retentionInDays: group.retentionInDays,
      metricFilterCount: 0,
      arn: `${group.arn}:*`,
      storedBytes: sizeOf(group),
      kmsKeyId: group.kmsKeyId,
      logGroupClass: group.logGroupClass,
      logGroupArn: group.arn,
    }));
    return { logGroups, nextToken: page.nextToken };
  };

export const listLogGroups =
  (store: LogStore): LogsOperation<'ListLogGroups'> =>
  ({ logGroupNamePattern, logGroupClass, limit = 50, nextToken }, { scope }) => {
    const expression = logGroupNamePattern === undefined ? undefined : namePattern(logGroupNamePattern);
    const listed = store
      .groups(scope)
      .filter((group) => expression?.test(group.name) ?? true)
      .filter((group) => logGroupClass === undefined || group.logGroupClass === logGroupClass);
    const page = logsPage(listed, ({ name }) => name, limit, nextToken);
    const logGroups = page.items.map((group) => ({
      logGroupName: group.name,
      logGroupArn: group.arn,
      logGroupClass: group.logGroupClass,
    }));
    return { logGroups, nextToken: page.nextToken };
  };

/** Alternatives with `|`, each anywhere in the name, or from its beginning with `^`. */
function namePattern(pattern: string): RegExp {
  const alternatives = pattern.split('|').map((part) => {
    const literal = part.replace(/^\^/, '').replace(/[.*+?^${}()[\]\\]/g, '\\$&');
    return part.startsWith('^') ? `^${literal}` : literal;
  });
  return new RegExp(alternatives.join('|'));
}

/** Source: CloudWatch Logs API reference, PutRetentionPolicy. */
const retentions = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);

export const putRetentionPolicy =
  (store: LogStore): LogsOperation<'PutRetentionPolicy'> =>
  ({ logGroupName, retentionInDays }, { scope }) => {
    if (!retentions.has(retentionInDays)) {
      throw invalidParameter(`Invalid retention value. Please choose one of: [${[...retentions].join(', ')}]`);
    }
    requireGroup(store, scope, { logGroupName }).retentionInDays = retentionInDays;
    return {};
  };

export const deleteRetentionPolicy =
  (store: LogStore): LogsOperation<'DeleteRetentionPolicy'> =>
  ({ logGroupName }, { scope }) => {
    requireGroup(store, scope, { logGroupName }).retentionInDays = undefined;
    return {};
  };

type Tagged = 'TagLogGroup' | 'UntagLogGroup' | 'ListTagsLogGroup';

/** The older operations name a group, the newer ones its ARN. */
export const groupTags = (store: LogStore): { readonly [Name in Tagged]: LogsOperation<Name> } => ({
  TagLogGroup: ({ logGroupName, tags }, { scope }) => {
    const group = requireGroup(store, scope, { logGroupName });
    for (const [key, value] of Object.entries(tags)) group.tags.set(key, value);
    return {};
  },
  UntagLogGroup: ({ logGroupName, tags }, { scope }) => {
    const group = requireGroup(store, scope, { logGroupName });
    for (const key of tags) group.tags.delete(key);
    return {};
  },
  ListTagsLogGroup: ({ logGroupName }, { scope }) => ({
    tags: Object.fromEntries(requireGroup(store, scope, { logGroupName }).tags),
  }),
});

type TaggedByArn = 'TagResource' | 'UntagResource' | 'ListTagsForResource';

export function resourceTags(store: LogStore): { readonly [Name in TaggedByArn]: LogsOperation<Name> } {
  const tagsOf = (scope: LogGroup['scope'], arn: string): Map<string, string> => {
    const group = store.find(scope, groupNameIn(arn));
    if (group === undefined) throw resourceNotFound('The specified resource does not exist.');
    return group.tags;
  };
  return {
    TagResource: ({ resourceArn, tags }, { scope }) => {
      const group = tagsOf(scope, resourceArn);
      for (const [key, value] of Object.entries(tags)) group.set(key, value);
      return {};
    },
    UntagResource: ({ resourceArn, tagKeys }, { scope }) => {
      const group = tagsOf(scope, resourceArn);
      for (const key of tagKeys) group.delete(key);
      return {};
    },
    ListTagsForResource: ({ resourceArn }, { scope }) => ({ tags: Object.fromEntries(tagsOf(scope, resourceArn)) }),
  };
}

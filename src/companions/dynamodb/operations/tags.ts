/** `TagResource`, `UntagResource` and `ListTagsOfResource`, which share how they find their table. */
import type { DynamodbOperations } from '../../../aws/generated/dynamodb-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import { ServiceError, validationException } from '../../../aws/service-error.ts';
import type { Room } from '../room.ts';
import type { Table } from '../table/table.ts';
import type { TableDirectory } from '../table/table-directory.ts';

type TagTypes = DynamodbOperations['TagResource'];
type UntagTypes = DynamodbOperations['UntagResource'];
type ListTypes = DynamodbOperations['ListTagsOfResource'];

/** Source: developer guide, "Tagging restrictions in DynamoDB". */
const mostTags = 50;

export const tagResource =
  (room: Room): Operation<TagTypes['input'], TagTypes['output']> =>
  ({ ResourceArn, Tags }, call) => {
    addTags(tableOf(room.of(call), ResourceArn), Tags);
    return {};
  };

export const untagResource =
  (room: Room): Operation<UntagTypes['input'], UntagTypes['output']> =>
  ({ ResourceArn, TagKeys }, call) => {
    const { tags } = tableOf(room.of(call), ResourceArn);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

export const listTagsOfResource =
  (room: Room): Operation<ListTypes['input'], ListTypes['output']> =>
  ({ ResourceArn, NextToken }, call) => {
    // All that a table can have are on the first page.
    if (NextToken !== undefined) throw validationException('Invalid NextToken');
    const tags = [...tableOf(room.of(call), ResourceArn).tags].toSorted(([one], [other]) => (one < other ? -1 : 1));
    return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
  };

/** @throws ServiceError for more than a table can have */
export function addTags({ tags }: Table, added: NonNullable<TagTypes['input']['Tags']>): void {
  const all = new Map(tags);
  for (const { Key = '', Value = '' } of added) all.set(Key, Value);
  if (all.size > mostTags) throw validationException('One or more parameter values were invalid: Too many tags');
  for (const [key, value] of all) tags.set(key, value);
}

function tableOf(tables: TableDirectory, arn: string): Table {
  const table = tables.find(arn);
  if (table !== undefined && table.name !== arn) return table;
  // The text is AWS's own, the missing letter included.
  throw new ServiceError('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`, {
    type: null,
  });
}

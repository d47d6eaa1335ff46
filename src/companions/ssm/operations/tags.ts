/** The operations on tags; of the kinds of resources that Systems Manager tags there are parameters here. */
import type { SsmOperations } from '../../../aws/generated/ssm-operations.ts';
import type { Operation } from '../../../aws/operation-table.ts';
import type { Scope } from '../../../aws/scope.ts';
import { ServiceError } from '../../../aws/service-error.ts';
import { invalidResource } from '../parameter-faults.ts';
import type { ParameterStore } from '../parameter-store.ts';

type Of<Name extends keyof SsmOperations> = Operation<SsmOperations[Name]['input'], SsmOperations[Name]['output']>;

function tagsOf(store: ParameterStore, scope: Scope, type: string, id: string): Map<string, string> {
  if (type !== 'Parameter') {
    throw new ServiceError(
      'InvalidResourceType',
      `${type} is not a type of resource that this service has here: Parameter is.`,
    );
  }
  const parameter = store.find(scope, id);
  if (parameter === undefined) throw invalidResource();
  return parameter.tags;
}

export const addTagsToResource =
  (store: ParameterStore): Of<'AddTagsToResource'> =>
  ({ ResourceType, ResourceId, Tags }, { scope }) => {
    const tags = tagsOf(store, scope, ResourceType, ResourceId);
    for (const { Key = '', Value = '' } of Tags) tags.set(Key, Value);
    return {};
  };

export const removeTagsFromResource =
  (store: ParameterStore): Of<'RemoveTagsFromResource'> =>
  ({ ResourceType, ResourceId, TagKeys }, { scope }) => {
    const tags = tagsOf(store, scope, ResourceType, ResourceId);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

export const listTagsForResource =
  (store: ParameterStore): Of<'ListTagsForResource'> =>
  ({ ResourceType, ResourceId }, { scope }) => ({
    TagList: [...tagsOf(store, scope, ResourceType, ResourceId)].map(([Key, Value]) => ({ Key, Value })),
  });

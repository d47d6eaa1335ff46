/** The resource that a tag operation names by its ARN: its kind and whereabouts. */
import { parseArn } from '../../aws/arn.ts';
import type { Scope } from '../../aws/scope.ts';
import { addressFunction } from '../function/function-address.ts';
import { accessDenied, invalidParameterValue, resourceNotFound } from '../lambda-error.ts';
import type { TaggableAddress, TaggedResources } from './taggable.ts';
import { isTaggableKind, taggableKinds } from './taggable-kinds.ts';

export interface AddressedResource {
  readonly resources: TaggedResources;
  readonly address: TaggableAddress;
}

/**
 * @throws ServiceError InvalidParameterValueException for what cannot have tags: aliases, versions and layers;
 * AccessDeniedException for another account, ResourceNotFoundException for another region.
 */
export function addressResource(scope: Scope, arn: string): AddressedResource {
  const parsed = parseArn(arn);
  const [kind = '', id = '', qualifier] = parsed?.resource.split(':') ?? [];
  if (parsed === undefined || !isTaggableKind(kind)) {
    throw invalidParameterValue(`Unsupported resource type for tagging or invalid arn: ${arn}`);
  }
  const resources = taggableKinds[kind];
  if (kind === 'function') {
    if (qualifier !== undefined) {
      throw invalidParameterValue(
        'Tags on function aliases and versions are not supported. Please specify a function ARN.',
      );
    }
    return { resources, address: { id, arn: addressFunction(scope, arn).arn } };
  }
  if (parsed.account !== scope.account) throw accessDenied();
  if (parsed.region !== scope.region) throw resourceNotFound('The resource you requested does not exist.');
  return { resources, address: { id, arn } };
}

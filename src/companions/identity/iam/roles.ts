/** The operations on roles themselves. */
import type { Scope } from '../../../aws/scope.ts';
import { roleIdOf } from '../../../aws/sigv4/role-id.ts';
import type { IdentityStore } from '../identity-store.ts';
import type { Role } from '../principal.ts';
import { alreadyExists, checkDocument, deleteConflict, noSuchEntity } from './iam-faults.ts';
import { below, encodedDocument, type IamOperation, iamPage, tagList, tagMap } from './iam-operation.ts';

export function requireRole(store: IdentityStore, scope: Scope, name: string): Role {
  const role = store.of(scope).roles.get(name);
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

export const roleOutput = (role: Role) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: role.arn,
  CreateDate: role.created,
  AssumeRolePolicyDocument: encodedDocument(role.trustPolicy),
  Description: role.description,
  MaxSessionDuration: role.maxSessionDuration,
  ...(role.permissionsBoundary === undefined ? {} : { PermissionsBoundary: boundaryOf(role.permissionsBoundary) }),
  ...(role.tags.size === 0 ? {} : { Tags: tagList(role.tags) }),
});

const boundaryOf = (arn: string) => ({
  // The live service says `Policy`, its model another word.
  PermissionsBoundaryType: 'Policy' as 'PermissionsBoundaryPolicy',
  PermissionsBoundaryArn: arn,
});

export interface NewRole {
  readonly name: string;
  readonly path: string;
  readonly trustPolicy: string;
  readonly description: string | undefined;
  readonly maxSessionDuration: number;
  readonly permissionsBoundary: string | undefined;
  readonly tags: Map<string, string>;
}

export function addRole(store: IdentityStore, scope: Scope, role: NewRole): Role {
  const { roles } = store.of(scope);
  if (roles.has(role.name)) throw alreadyExists(`Role with name ${role.name} already exists.`);
  const arn = store.arn(scope, 'role', role.path, role.name);
  const made: Role = {
    ...role,
    id: roleIdOf(arn),
    arn,
    created: store.now(),
    inlinePolicies: new Map(),
    attachedPolicies: new Map(),
  };
  roles.set(role.name, made);
  return made;
}

export const createRole =
  (store: IdentityStore): IamOperation<'CreateRole'> =>
  (input, { scope }) => {
    checkDocument(input.AssumeRolePolicyDocument);
    const role = addRole(store, scope, {
      name: input.RoleName,
      path: input.Path ?? '/',
      trustPolicy: input.AssumeRolePolicyDocument,
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
      permissionsBoundary: input.PermissionsBoundary,
      tags: tagMap(input.Tags),
    });
    return { Role: roleOutput(role) };
  };

/** `CreateServiceLinkedRole`: a role that one service alone assumes. */
export const createServiceLinkedRole =
  (store: IdentityStore): IamOperation<'CreateServiceLinkedRole'> =>
  ({ AWSServiceName, Description, CustomSuffix }, { scope }) => {
    const service = AWSServiceName.replace(/\.amazonaws\.com$/, '');
    const title = service.replace(/(?:^|[-.])([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const trust = { Effect: 'Allow', Principal: { Service: AWSServiceName }, Action: 'sts:AssumeRole' };
    const role = addRole(store, scope, {
      name: `AWSServiceRoleFor${title}${CustomSuffix === undefined ? '' : `_${CustomSuffix}`}`,
      path: `/aws-service-role/${AWSServiceName}/`,
      trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
      description: Description,
      maxSessionDuration: 3600,
      permissionsBoundary: undefined,
      tags: new Map(),
    });
    return { Role: roleOutput(role) };
  };

export const getRole =
  (store: IdentityStore): IamOperation<'GetRole'> =>
  ({ RoleName }, { scope }) => ({ Role: { ...roleOutput(requireRole(store, scope, RoleName)), RoleLastUsed: {} } });

export const listRoles =
  (store: IdentityStore): IamOperation<'ListRoles'> =>
  (input, { scope }) => {
    const roles = below(store.of(scope).roles.values(), input.PathPrefix);
    const { items, paging } = iamPage(roles, ({ name }) => name, input);
    return { Roles: items.map(roleOutput), ...paging };
  };

/** `DeleteRole`: once nothing hangs on it any more. */
export const deleteRole =
  (store: IdentityStore): IamOperation<'DeleteRole'> =>
  ({ RoleName }, { scope }) => {
    const role = requireRole(store, scope, RoleName);
    const account = store.of(scope);
    if (role.attachedPolicies.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (role.inlinePolicies.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    if ([...account.instanceProfiles.values()].some((profile) => profile.role === RoleName)) {
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    account.roles.delete(RoleName);
    return {};
  };

export const updateRole =
  (store: IdentityStore): IamOperation<'UpdateRole'> =>
  ({ RoleName, Description, MaxSessionDuration }, { scope }) => {
    const role = requireRole(store, scope, RoleName);
    if (Description !== undefined) role.description = Description;
    if (MaxSessionDuration !== undefined) role.maxSessionDuration = MaxSessionDuration;
    return {};
  };

export const updateRoleDescription =
  (store: IdentityStore): IamOperation<'UpdateRoleDescription'> =>
  ({ RoleName, Description }, { scope }) => {
    const role = requireRole(store, scope, RoleName);
    role.description = Description;
    return { Role: roleOutput(role) };
  };

export const updateAssumeRolePolicy =
  (store: IdentityStore): IamOperation<'UpdateAssumeRolePolicy'> =>
  ({ RoleName, PolicyDocument }, { scope }) => {
    const role = requireRole(store, scope, RoleName);
    checkDocument(PolicyDocument);
    role.trustPolicy = PolicyDocument;
    return {};
  };

export const putRolePermissionsBoundary =
  (store: IdentityStore): IamOperation<'PutRolePermissionsBoundary'> =>
  ({ RoleName, PermissionsBoundary }, { scope }) => {
    requireRole(store, scope, RoleName).permissionsBoundary = PermissionsBoundary;
    return {};
  };

export const deleteRolePermissionsBoundary =
  (store: IdentityStore): IamOperation<'DeleteRolePermissionsBoundary'> =>
  ({ RoleName }, { scope }) => {
    requireRole(store, scope, RoleName).permissionsBoundary = undefined;
    return {};
  };

export const tagRole =
  (store: IdentityStore): IamOperation<'TagRole'> =>
  ({ RoleName, Tags }, { scope }) => {
    const role = requireRole(store, scope, RoleName);
    for (const [key, value] of tagMap(Tags)) role.tags.set(key, value);
    return {};
  };

export const untagRole =
  (store: IdentityStore): IamOperation<'UntagRole'> =>
  ({ RoleName, TagKeys }, { scope }) => {
    const role = requireRole(store, scope, RoleName);
    for (const key of TagKeys) role.tags.delete(key);
    return {};
  };

export const listRoleTags =
  (store: IdentityStore): IamOperation<'ListRoleTags'> =>
  (input, { scope }) => {
    const { items, paging } = iamPage(tagList(requireRole(store, scope, input.RoleName).tags), ({ Key }) => Key, input);
    return { Tags: items, ...paging };
  };

/** The operations on instance profiles, which tools make beside roles; no instances are here to use them. */
import type { Scope } from '../../../aws/scope.ts';
import type { IdentityStore } from '../identity-store.ts';
import type { InstanceProfile } from '../principal.ts';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from './iam-faults.ts';
import { type IamOperation, iamPage, tagList, tagMap } from './iam-operation.ts';
import { requireRole, roleOutput } from './roles.ts';

function requireProfile(store: IdentityStore, scope: Scope, name: string): InstanceProfile {
  const profile = store.of(scope).instanceProfiles.get(name);
  if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return profile;
}

function profileOutput(store: IdentityStore, scope: Scope, profile: InstanceProfile) {
  const role = profile.role === undefined ? undefined : store.of(scope).roles.get(profile.role);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: profile.created,
    Roles: role === undefined ? [] : [roleOutput(role)],
    ...(profile.tags.size === 0 ? {} : { Tags: tagList(profile.tags) }),
  };
}

export const createInstanceProfile =
  (store: IdentityStore): IamOperation<'CreateInstanceProfile'> =>
  ({ InstanceProfileName, Path = '/', Tags }, { scope }) => {
    const { instanceProfiles } = store.of(scope);
    if (instanceProfiles.has(InstanceProfileName)) {
      throw alreadyExists(`Instance Profile ${InstanceProfileName} already exists.`);
    }
    const profile: InstanceProfile = {
      name: InstanceProfileName,
      path: Path,
      id: store.id('AIPA'),
      arn: store.arn(scope, 'instance-profile', Path, InstanceProfileName),
      created: store.now(),
      tags: tagMap(Tags),
      role: undefined,
    };
    instanceProfiles.set(InstanceProfileName, profile);
    return { InstanceProfile: profileOutput(store, scope, profile) };
  };

export const getInstanceProfile =
  (store: IdentityStore): IamOperation<'GetInstanceProfile'> =>
  ({ InstanceProfileName }, { scope }) => ({
    InstanceProfile: profileOutput(store, scope, requireProfile(store, scope, InstanceProfileName)),
  });

export const deleteInstanceProfile =
  (store: IdentityStore): IamOperation<'DeleteInstanceProfile'> =>
  ({ InstanceProfileName }, { scope }) => {
    if (requireProfile(store, scope, InstanceProfileName).role !== undefined) {
      throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
    }
    store.of(scope).instanceProfiles.delete(InstanceProfileName);
    return {};
  };

export const addRoleToInstanceProfile =
  (store: IdentityStore): IamOperation<'AddRoleToInstanceProfile'> =>
  ({ InstanceProfileName, RoleName }, { scope }) => {
    const profile = requireProfile(store, scope, InstanceProfileName);
    requireRole(store, scope, RoleName);
    if (profile.role !== undefined)
      throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
    profile.role = RoleName;
    return {};
  };

export const removeRoleFromInstanceProfile =
  (store: IdentityStore): IamOperation<'RemoveRoleFromInstanceProfile'> =>
  ({ InstanceProfileName, RoleName }, { scope }) => {
    const profile = requireProfile(store, scope, InstanceProfileName);
    if (profile.role !== RoleName) throw noSuchEntity(`The role with name ${RoleName} cannot be found.`);
    profile.role = undefined;
    return {};
  };

export const listInstanceProfilesForRole =
  (store: IdentityStore): IamOperation<'ListInstanceProfilesForRole'> =>
  (input, { scope }) => {
    requireRole(store, scope, input.RoleName);
    const listed = [...store.of(scope).instanceProfiles.values()].filter(({ role }) => role === input.RoleName);
    const { items, paging } = iamPage(listed, ({ name }) => name, input);
    return { InstanceProfiles: items.map((profile) => profileOutput(store, scope, profile)), ...paging };
  };

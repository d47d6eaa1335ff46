/** The operations on policies that several principals share, and on their versions. */
import type { Scope } from '../../../aws/scope.ts';
import type { IdentityStore } from '../identity-store.ts';
import type { ManagedPolicy, PolicyVersion } from '../principal.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import { alreadyExists, checkDocument, deleteConflict, limitExceeded, noSuchEntity } from './iam-faults.ts';
import { below, encodedDocument, type IamOperation, iamPage, tagList, tagMap } from './iam-operation.ts';

const mostVersions = 5;

function requirePolicy(store: IdentityStore, scope: Scope, arn: string): ManagedPolicy {
  const own = store.of(scope).policies.get(arn);
  const policy = own ?? awsManagedPolicies(scope.partition, store.now()).get(arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

function requireVersion({ versions, arn }: ManagedPolicy, id: string): PolicyVersion {
  const version = versions.find((each) => each.id === id);
  if (version === undefined) throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
  return version;
}

/** Everybody in the account to whom the policy is attached. */
function usersOf(store: IdentityStore, scope: Scope, arn: string) {
  const { roles, users } = store.of(scope);
  const has = (each: { readonly attachedPolicies: ReadonlyMap<string, string> }) => each.attachedPolicies.has(arn);
  return { roles: [...roles.values()].filter(has), users: [...users.values()].filter(has) };
}

function policyOutput(store: IdentityStore, scope: Scope, policy: ManagedPolicy) {
  const { roles, users } = usersOf(store, scope, policy.arn);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: roles.length + users.length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.created,
    UpdateDate: policy.updated,
    ...(policy.tags.size === 0 ? {} : { Tags: tagList(policy.tags) }),
  };
}

const versionOutput = ({ defaultVersion }: ManagedPolicy, { id, document, created }: PolicyVersion) => ({
  Document: encodedDocument(document),
  VersionId: id,
  IsDefaultVersion: id === defaultVersion,
  CreateDate: created,
});

export const createPolicy =
  (store: IdentityStore): IamOperation<'CreatePolicy'> =>
  ({ PolicyName, Path = '/', PolicyDocument, Description, Tags }, { scope }) => {
    checkDocument(PolicyDocument);
    const arn = store.arn(scope, 'policy', Path, PolicyName);
    const { policies } = store.of(scope);
    if (policies.has(arn)) {
      throw alreadyExists(`A policy called ${PolicyName} already exists. Duplicate names are not allowed.`);
    }
    const created = store.now();
    const policy: ManagedPolicy = {
      name: PolicyName,
      path: Path,
      id: store.id('ANPA'),
      arn,
      description: Description,
      created,
      updated: created,
      tags: tagMap(Tags),
      versions: [{ id: 'v1', document: PolicyDocument, created }],
      nextVersion: 2,
      defaultVersion: 'v1',
    };
    policies.set(arn, policy);
    const { Description: _shownByGetPolicy, ...Policy } = policyOutput(store, scope, policy);
    return { Policy };
  };

export const getPolicy =
  (store: IdentityStore): IamOperation<'GetPolicy'> =>
  ({ PolicyArn }, { scope }) => ({ Policy: policyOutput(store, scope, requirePolicy(store, scope, PolicyArn)) });

export const listPolicies =
  (store: IdentityStore): IamOperation<'ListPolicies'> =>
  (input, { scope }) => {
    const { Scope: wanted = 'All', OnlyAttached = false, PathPrefix } = input;
    const own = wanted === 'AWS' ? [] : [...store.of(scope).policies.values()];
    const ofAws = wanted === 'Local' ? [] : [...awsManagedPolicies(scope.partition, store.now()).values()];
    const listed = below([...own, ...ofAws], PathPrefix)
      .map((policy) => policyOutput(store, scope, policy))
      .filter(({ AttachmentCount }) => !OnlyAttached || AttachmentCount > 0);
    const { items, paging } = iamPage(listed, ({ Arn }) => Arn, input);
    return { Policies: items, ...paging };
  };

export const deletePolicy =
  (store: IdentityStore): IamOperation<'DeletePolicy'> =>
  ({ PolicyArn }, { scope }) => {
    const policy = requirePolicy(store, scope, PolicyArn);
    const { roles, users } = usersOf(store, scope, PolicyArn);
    if (roles.length + users.length > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
    if (policy.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      );
    }
    store.of(scope).policies.delete(PolicyArn);
    return {};
  };

export const createPolicyVersion =
  (store: IdentityStore): IamOperation<'CreatePolicyVersion'> =>
  ({ PolicyArn, PolicyDocument, SetAsDefault = false }, { scope }) => {
    const policy = requirePolicy(store, scope, PolicyArn);
    checkDocument(PolicyDocument);
    if (policy.versions.length >= mostVersions) {
      throw limitExceeded(
        `A managed policy can have up to ${mostVersions} versions. Before you create a new version, you must delete an existing version.`,
      );
    }
    const version = { id: `v${policy.nextVersion}`, document: PolicyDocument, created: store.now() };
    policy.nextVersion += 1;
    policy.versions.push(version);
    if (SetAsDefault) policy.defaultVersion = version.id;
    policy.updated = version.created;
    const { Document: _shownByGetPolicyVersion, ...PolicyVersion } = versionOutput(policy, version);
    return { PolicyVersion };
  };

export const getPolicyVersion =
  (store: IdentityStore): IamOperation<'GetPolicyVersion'> =>
  ({ PolicyArn, VersionId }, { scope }) => {
    const policy = requirePolicy(store, scope, PolicyArn);
    return { PolicyVersion: versionOutput(policy, requireVersion(policy, VersionId)) };
  };

export const listPolicyVersions =
  (store: IdentityStore): IamOperation<'ListPolicyVersions'> =>
  (input, { scope }) => {
    const policy = requirePolicy(store, scope, input.PolicyArn);
    const { items, paging } = iamPage(policy.versions.toReversed(), ({ id }) => id, input);
    const Versions = items.map((version) => {
      const { Document: _shownByGetPolicyVersion, ...shown } = versionOutput(policy, version);
      return shown;
    });
    return { Versions, ...paging };
  };

export const setDefaultPolicyVersion =
  (store: IdentityStore): IamOperation<'SetDefaultPolicyVersion'> =>
  ({ PolicyArn, VersionId }, { scope }) => {
    const policy = requirePolicy(store, scope, PolicyArn);
    policy.defaultVersion = requireVersion(policy, VersionId).id;
    policy.updated = store.now();
    return {};
  };

export const deletePolicyVersion =
  (store: IdentityStore): IamOperation<'DeletePolicyVersion'> =>
  ({ PolicyArn, VersionId }, { scope }) => {
    const policy = requirePolicy(store, scope, PolicyArn);
    const version = requireVersion(policy, VersionId);
    if (version.id === policy.defaultVersion) throw deleteConflict('Cannot delete the default version of a policy.');
    policy.versions.splice(policy.versions.indexOf(version), 1);
    return {};
  };

export const listEntitiesForPolicy =
  (store: IdentityStore): IamOperation<'ListEntitiesForPolicy'> =>
  ({ PolicyArn }, { scope }) => {
    requirePolicy(store, scope, PolicyArn);
    const { roles, users } = usersOf(store, scope, PolicyArn);
    return {
      PolicyGroups: [],
      PolicyRoles: roles.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: users.map(({ name, id }) => ({ UserName: name, UserId: id })),
      IsTruncated: false,
    };
  };

export const tagPolicy =
  (store: IdentityStore): IamOperation<'TagPolicy'> =>
  ({ PolicyArn, Tags }, { scope }) => {
    const policy = requirePolicy(store, scope, PolicyArn);
    for (const [key, value] of tagMap(Tags)) policy.tags.set(key, value);
    return {};
  };

export const untagPolicy =
  (store: IdentityStore): IamOperation<'UntagPolicy'> =>
  ({ PolicyArn, TagKeys }, { scope }) => {
    const policy = requirePolicy(store, scope, PolicyArn);
    for (const key of TagKeys) policy.tags.delete(key);
    return {};
  };

export const listPolicyTags =
  (store: IdentityStore): IamOperation<'ListPolicyTags'> =>
  (input, { scope }) => {
    const { tags } = requirePolicy(store, scope, input.PolicyArn);
    const { items, paging } = iamPage(tagList(tags), ({ Key }) => Key, input);
    return { Tags: items, ...paging };
  };

/** The table of IAM's operations. */
import type { IamOperations } from '../../../aws/generated/iam-operations.ts';
import { notYet, type OperationTable } from '../../../aws/operation-table.ts';
import type { AccessKeys } from '../../../aws/sigv4/access-keys.ts';
import type { IdentityStore } from '../identity-store.ts';
import * as profiles from './instance-profiles.ts';
import * as policies from './managed-policies.ts';
import * as given from './principal-policies.ts';
import * as roles from './roles.ts';
import * as users from './users.ts';

export const iamOperations = (store: IdentityStore, accessKeys: AccessKeys) =>
  ({
    ...userOperations(store, accessKeys),
    AddRoleToInstanceProfile: profiles.addRoleToInstanceProfile(store),
    AttachRolePolicy: given.attachRolePolicy(store),
    AttachUserPolicy: given.attachUserPolicy(store),
    CreateInstanceProfile: profiles.createInstanceProfile(store),
    CreatePolicy: policies.createPolicy(store),
    CreatePolicyVersion: policies.createPolicyVersion(store),
    CreateRole: roles.createRole(store),
    CreateServiceLinkedRole: roles.createServiceLinkedRole(store),
    DeleteInstanceProfile: profiles.deleteInstanceProfile(store),
    DeletePolicy: policies.deletePolicy(store),
    DeletePolicyVersion: policies.deletePolicyVersion(store),
    DeleteRole: roles.deleteRole(store),
    DeleteRolePermissionsBoundary: roles.deleteRolePermissionsBoundary(store),
    DeleteRolePolicy: given.deleteRolePolicy(store),
    DeleteUserPolicy: given.deleteUserPolicy(store),
    DetachRolePolicy: given.detachRolePolicy(store),
    DetachUserPolicy: given.detachUserPolicy(store),
    GetInstanceProfile: profiles.getInstanceProfile(store),
    GetPolicy: policies.getPolicy(store),
    GetPolicyVersion: policies.getPolicyVersion(store),
    GetRole: roles.getRole(store),
    GetRolePolicy: given.getRolePolicy(store),
    GetUserPolicy: given.getUserPolicy(store),
    ListAccountAliases: () => ({ AccountAliases: [], IsTruncated: false }),
    ListAttachedRolePolicies: given.listAttachedRolePolicies(store),
    ListAttachedUserPolicies: given.listAttachedUserPolicies(store),
    ListEntitiesForPolicy: policies.listEntitiesForPolicy(store),
    ListInstanceProfilesForRole: profiles.listInstanceProfilesForRole(store),
    ListPolicies: policies.listPolicies(store),
    ListPolicyTags: policies.listPolicyTags(store),
    ListPolicyVersions: policies.listPolicyVersions(store),
    ListRolePolicies: given.listRolePolicies(store),
    ListRoleTags: roles.listRoleTags(store),
    ListRoles: roles.listRoles(store),
    ListUserPolicies: given.listUserPolicies(store),
    PutRolePermissionsBoundary: roles.putRolePermissionsBoundary(store),
    PutRolePolicy: given.putRolePolicy(store),
    PutUserPolicy: given.putUserPolicy(store),
    RemoveRoleFromInstanceProfile: profiles.removeRoleFromInstanceProfile(store),
    SetDefaultPolicyVersion: policies.setDefaultPolicyVersion(store),
    // Nothing evaluates the policies of principals here.
    SimulatePrincipalPolicy: notYet,
    TagPolicy: policies.tagPolicy(store),
    TagRole: roles.tagRole(store),
    UntagPolicy: policies.untagPolicy(store),
    UntagRole: roles.untagRole(store),
    UpdateAssumeRolePolicy: roles.updateAssumeRolePolicy(store),
    UpdateRole: roles.updateRole(store),
    UpdateRoleDescription: roles.updateRoleDescription(store),
  }) satisfies OperationTable<IamOperations>;

const userOperations = (store: IdentityStore, accessKeys: AccessKeys) =>
  ({
    CreateAccessKey: users.createAccessKey(store, accessKeys),
    CreateUser: users.createUser(store),
    DeleteAccessKey: users.deleteAccessKey(store, accessKeys),
    DeleteUser: users.deleteUser(store),
    GetUser: users.getUser(store),
    ListAccessKeys: users.listAccessKeys(store),
    ListUserTags: users.listUserTags(store),
    ListUsers: users.listUsers(store),
    TagUser: users.tagUser(store),
    UntagUser: users.untagUser(store),
  }) satisfies Partial<OperationTable<IamOperations>>;

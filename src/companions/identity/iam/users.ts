/** The operations on users and their access keys, which sign from the moment that they are made. */
import type { Scope } from '../../../aws/scope.ts';
import type { AccessKeys } from '../../../aws/sigv4/access-keys.ts';
import { roleCredentials } from '../../../aws/sigv4/role-credentials.ts';
import type { IdentityStore } from '../identity-store.ts';
import type { User } from '../principal.ts';
import { alreadyExists, deleteConflict, limitExceeded, noSuchEntity } from './iam-faults.ts';
import { below, type IamOperation, iamPage, tagList, tagMap } from './iam-operation.ts';

export function requireUser(store: IdentityStore, scope: Scope, name: string): User {
  const user = store.of(scope).users.get(name);
  if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

const userOutput = (user: User) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: user.arn,
  CreateDate: user.created,
  ...(user.tags.size === 0 ? {} : { Tags: tagList(user.tags) }),
});

export const createUser =
  (store: IdentityStore): IamOperation<'CreateUser'> =>
  ({ UserName, Path = '/', PermissionsBoundary, Tags }, { scope }) => {
    const { users } = store.of(scope);
    if (users.has(UserName)) throw alreadyExists(`User with name ${UserName} already exists.`);
    const user: User = {
      name: UserName,
      path: Path,
      id: store.id('AIDA'),
      arn: store.arn(scope, 'user', Path, UserName),
      created: store.now(),
      tags: tagMap(Tags),
      inlinePolicies: new Map(),
      attachedPolicies: new Map(),
      permissionsBoundary: PermissionsBoundary,
      accessKeys: new Map(),
    };
    users.set(UserName, user);
    return { User: userOutput(user) };
  };

/** `GetUser`: without a name, the account's root, as whom everybody here acts who is nobody else. */
export const getUser =
  (store: IdentityStore): IamOperation<'GetUser'> =>
  ({ UserName }, { scope }) => {
    if (UserName !== undefined) return { User: userOutput(requireUser(store, scope, UserName)) };
    const { partition, account } = scope;
    const Arn = `arn:${partition}:iam::${account}:root`;
    return { User: { Path: '/', UserName: 'root', UserId: account, Arn, CreateDate: store.now() } };
  };

export const listUsers =
  (store: IdentityStore): IamOperation<'ListUsers'> =>
  (input, { scope }) => {
    const users = below(store.of(scope).users.values(), input.PathPrefix);
    const { items, paging } = iamPage(users, ({ name }) => name, input);
    return { Users: items.map(userOutput), ...paging };
  };

export const deleteUser =
  (store: IdentityStore): IamOperation<'DeleteUser'> =>
  ({ UserName }, { scope }) => {
    const user = requireUser(store, scope, UserName);
    if (user.attachedPolicies.size > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
    if (user.inlinePolicies.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
    if (user.accessKeys.size > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.');
    store.of(scope).users.delete(UserName);
    return {};
  };

export const tagUser =
  (store: IdentityStore): IamOperation<'TagUser'> =>
  ({ UserName, Tags }, { scope }) => {
    const user = requireUser(store, scope, UserName);
    for (const [key, value] of tagMap(Tags)) user.tags.set(key, value);
    return {};
  };

export const untagUser =
  (store: IdentityStore): IamOperation<'UntagUser'> =>
  ({ UserName, TagKeys }, { scope }) => {
    const user = requireUser(store, scope, UserName);
    for (const key of TagKeys) user.tags.delete(key);
    return {};
  };

export const listUserTags =
  (store: IdentityStore): IamOperation<'ListUserTags'> =>
  (input, { scope }) => {
    const { items, paging } = iamPage(tagList(requireUser(store, scope, input.UserName).tags), ({ Key }) => Key, input);
    return { Tags: items, ...paging };
  };

const mostKeys = 2;

export const createAccessKey =
  (store: IdentityStore, accessKeys: AccessKeys): IamOperation<'CreateAccessKey'> =>
  ({ UserName = '' }, { scope }) => {
    const user = requireUser(store, scope, UserName);
    if (user.accessKeys.size >= mostKeys) throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${mostKeys}`);
    const { accessKeyId, secretAccessKey: secret } = roleCredentials(scope.account, store.random);
    user.accessKeys.set(accessKeyId, { id: accessKeyId, secret, created: store.now() });
    accessKeys.issue(accessKeyId, {
      secret,
      sessionToken: undefined,
      owner: { kind: 'user', arn: user.arn, userId: user.id },
    });
    const AccessKey = {
      UserName,
      AccessKeyId: accessKeyId,
      Status: 'Active' as const,
      SecretAccessKey: secret,
      CreateDate: store.now(),
    };
    return { AccessKey };
  };

export const listAccessKeys =
  (store: IdentityStore): IamOperation<'ListAccessKeys'> =>
  (input, { scope }) => {
    if (input.UserName === undefined) return { AccessKeyMetadata: [], IsTruncated: false };
    const { accessKeys, name } = requireUser(store, scope, input.UserName);
    const { items, paging } = iamPage([...accessKeys.values()], ({ id }) => id, input);
    const AccessKeyMetadata = items.map(({ id, created }) => ({
      UserName: name,
      AccessKeyId: id,
      Status: 'Active' as const,
      CreateDate: created,
    }));
    return { AccessKeyMetadata, ...paging };
  };

export const deleteAccessKey =
  (store: IdentityStore, accessKeys: AccessKeys): IamOperation<'DeleteAccessKey'> =>
  ({ UserName = '', AccessKeyId }, { scope }) => {
    const user = requireUser(store, scope, UserName);
    if (!user.accessKeys.delete(AccessKeyId)) {
      throw noSuchEntity(`The Access Key with id ${AccessKeyId} cannot be found.`);
    }
    accessKeys.revoke(AccessKeyId);
    return {};
  };
